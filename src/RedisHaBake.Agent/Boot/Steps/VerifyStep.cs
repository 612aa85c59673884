using RedisHaBake.Agent.Addresses;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Watch;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>
/// The cluster works from here, end to end: a write through the write address, the same value through the read address, and a
/// majority of Sentinels that agrees on the master. Once per boot; later checks of the same boot only ask the Sentinels. When the
/// cluster is made, and only then, the floating addresses are really moved once, by the node that bootstrapped it, or where that one
/// is no proxy, by the first that is.
/// </summary>
public sealed class VerifyStep(AgentContext agent, BootStory story) : IStep
{
    // Where the node that bootstrapped is no proxy: its note to the first proxy that the addresses have still to be moved once.
    private const string ToBeMoved = "redishabake:verify:addresses-to-be-moved";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NoteLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly NodePlan _plan = agent.Plan;
    private readonly SentinelVotes _votes = new(agent);
    private readonly EndToEnd _endToEnd = new(agent);
    private bool _verified;

    /// <inheritdoc/>
    public string Name => "verify";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct)
    {
        if (TrialRecord.Problem(agent.Root) is { } problem)
            story.Degrade(problem);
        var differences = new List<Difference>();
        if (!_verified && !agent.Root.Exists(BootReport.ReadyFile))
            differences.Add(new("a write and a read from here", "tried in this boot", "not yet"));
        if (await _votes.MissingAsync(ct) is { } missing)
            differences.Add(missing);
        return differences;
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(CancellationToken ct)
    {
        var start = agent.Clock.GetTimestamp();
        var master = await _votes.MasterAsync(Limit, ct);
        await _endToEnd.RunAsync(master, Limit, ct);
        // First, because another node may wait for our note.
        if (await IsToMoveAsync(master, ct))
            TrialRecord.Write(agent.Root, await new AddressTrial(agent).RunAsync(master, ct));
        await NoteAbsentSentinelsAsync(start, ct);
        _verified = true;
    }

    private async Task<bool> IsToMoveAsync(string master, CancellationToken ct)
    {
        if (_plan.Addresses.Mode != AddressMode.Floating || TrialRecord.Exists(agent.Root) || agent.Root.Exists(BootReport.DurableReadyFile))
            return false;
        if (JoinState.Read(agent.Root)?.Bootstrapped == true)
        {
            if (AddressTrial.IsPossible(_plan))
                return true;
            await using var redis = await RespClient.ConnectAsync(_endToEnd.WriteEndpoint(master), Grace, ct);
            (await redis.CallAsync(["SET", ToBeMoved, _plan.Node, "EX", "600"], ct)).OrThrow();
            return false;
        }

        return AddressTrial.IsPossible(_plan)
            && _plan.ProxyNodes[0].Name == _plan.Node
            && !_plan.Nodes.First(n => n.Name == _plan.InitialMaster).Has(NodeRole.Haproxy)
            && await IsLeftToUsAsync(master, ct);
    }

    // The note may come a moment after the first write: the node that leaves it verifies too.
    private async Task<bool> IsLeftToUsAsync(string master, CancellationToken ct)
    {
        for (var start = agent.Clock.GetTimestamp(); agent.Clock.GetElapsedTime(start) < NoteLimit; await Task.Delay(Pause, agent.Clock, ct))
        {
            await using var redis = await RespClient.ConnectAsync(_endToEnd.WriteEndpoint(master), Grace, ct);
            if ((await redis.CallAsync(["DEL", ToBeMoved], ct)).OrThrow().AsNumber() == 1)
                return true;
        }

        return false;
    }

    private async Task NoteAbsentSentinelsAsync(long since, CancellationToken ct)
    {
        // A peer that boots beside us may be a moment behind.
        while (true)
        {
            var silent = (await _votes.CountAsync(ct)).Silent;
            if (silent.Count == 0)
                return;
            if (agent.Clock.GetElapsedTime(since) > Grace)
            {
                foreach (var node in silent)
                    story.Degrade(AbsentSentinels.Sentence(node));
                return;
            }

            await Task.Delay(Pause, agent.Clock, ct);
        }
    }
}
