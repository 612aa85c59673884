using RedisHaBake.Agent.Addresses;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Boot;

/// <summary>
/// The verb <c>verify</c>: the boot sequence's last look, whenever a person wants it; and, told so, the one move of the floating
/// addresses, for those that were added to a cluster later or did not move when it was made.
/// </summary>
public static class VerifyCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Verifies.</summary>
    /// <param name="agent">The machine.</param>
    /// <param name="moveAddresses">Whether to move the floating addresses; clients lose their connections for up to a second.</param>
    /// <param name="json">Whether to say it as a JSON document.</param>
    /// <param name="output">Where to say the result.</param>
    /// <param name="ct">Interrupts it.</param>
    /// <returns>0 when all is well, else 1.</returns>
    public static async Task<int> RunAsync(AgentContext agent, bool moveAddresses, bool json, TextWriter output, CancellationToken ct)
    {
        bool verified;
        string sentence;
        try
        {
            (verified, sentence) = await VerifyAsync(agent, moveAddresses, ct);
        }
        catch (Exception e) when (json && (e is MachineException or RespUnreachableException or RespException))
        {
            (verified, sentence) = (false, e.Message);
        }

        await output.WriteAsync(json ? new VerifyReport(1, agent.Plan.Cluster, agent.Plan.Node, verified, sentence).ToJson() : sentence + "\n");
        return verified ? ExitCode.Good : ExitCode.Failed;
    }

    private static async Task<(bool Verified, string Sentence)> VerifyAsync(AgentContext agent, bool moveAddresses, CancellationToken ct)
    {
        if (moveAddresses && !AddressTrial.IsPossible(agent.Plan))
            return (false, $"{agent.Plan.Node} has no address to move: {Reason(agent.Plan)}");
        var master = await new SentinelVotes(agent).MasterAsync(Limit, ct);
        if (!moveAddresses)
        {
            await new EndToEnd(agent).RunAsync(master, Limit, ct);
            return (true, "a write, a read of it and its removal went through; a majority of the Sentinels agrees on the master");
        }

        // It reads and writes too, by way of the proxy to which they moved.
        var before = TrialRecord.Problem(agent.Root);
        var problem = await new AddressTrial(agent).RunAsync(master, ct);
        TrialRecord.Write(agent.Root, problem);
        BootReport.Replace(agent.Root, before, problem);
        return (problem is null, problem ?? "the floating addresses moved to another proxy and served there");
    }

    private static string Reason(NodePlan plan)
        => plan.Addresses.Mode != AddressMode.Floating ? "the cluster has no floating ones"
            : !plan.Self.Has(NodeRole.Haproxy) ? $"it is no proxy; run it on {plan.ProxyNodes[0].Name}"
            : "it is the cluster's only proxy";
}
