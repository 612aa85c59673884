using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>
/// The cluster works from here, end to end: a write through the write address, the same value through the read address, and a
/// majority of Sentinels that agrees on the master. Once per boot; later checks of the same boot only ask the Sentinels.
/// </summary>
public sealed class VerifyStep(AgentContext agent, BootStory story) : IStep
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly NodePlan _plan = agent.Plan;

    // One key per node: nodes that verify at the same time would read each other's value.
    private readonly string _key = "redishabake:verify:" + agent.Plan.Node;
    private readonly ClusterEndpoints _endpoints = new(agent.Plan);
    private bool _verified;

    /// <inheritdoc/>
    public string Name => "verify";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct)
    {
        var differences = new List<Difference>();
        if (!_verified && !agent.Root.Exists(BootReport.ReadyFile))
            differences.Add(new("a write and a read from here", "tried in this boot", "not yet"));
        var agreeing = await AgreeingAsync(ct);
        if (agreeing.Count < _plan.SentinelMajority)
            differences.Add(NoMajority(agreeing));
        return differences;
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(CancellationToken ct)
    {
        var deadline = agent.Clock.GetTimestamp();
        var master = await MasterAsync(deadline, ct);
        var value = $"{_plan.Node} {agent.Clock.GetUtcNow():O}";
        var (write, read) = (WriteEndpoint(master), ReadEndpoint(master));
        await UntilAsync(deadline, "a write", write, async redis => (await redis.CallAsync(["SET", _key, value, "EX", "60"], ct)).OrThrow().IsOk, ct);
        await UntilAsync(deadline, "a read of what was written", read, async redis => (await redis.CallAsync(["GET", _key], ct)).OrThrow().Text == value, ct);
        await UntilAsync(deadline, "a write", write, async redis => !(await redis.CallAsync(["DEL", _key], ct)).OrThrow().IsNull, ct);
        await NoteAbsentSentinelsAsync(deadline, ct);
        _verified = true;
    }

    private RespEndpoint WriteEndpoint(string master) => Endpoint(_plan.Addresses.HasWrite, _plan.Addresses.Write, _plan.Ports.Write, master);

    private RespEndpoint ReadEndpoint(string master) => Endpoint(_plan.Addresses.HasRead, _plan.Addresses.Read, _plan.Ports.Read, master);

    // As a client would: the moving address, else this node's (or the first) HAProxy, else the master itself.
    private RespEndpoint Endpoint(bool hasAddress, string address, int proxyPort, string master)
        => hasAddress ? _endpoints.At(address, _plan.Ports.Redis)
            : _plan.Self.Has(NodeRole.Haproxy) ? _endpoints.At(_plan.Self.Address, proxyPort)
            : _plan.ProxyNodes.FirstOrDefault(n => n.Address != Words.Auto) is { } proxy ? _endpoints.At(proxy.Address, proxyPort)
            : _endpoints.At(master, _plan.Ports.Redis);

    private async Task<string> MasterAsync(long since, CancellationToken ct)
    {
        while (true)
        {
            var agreeing = await AgreeingAsync(ct);
            if (agreeing.Count >= _plan.SentinelMajority)
                return agreeing.Master;
            if (agent.Clock.GetElapsedTime(since) > Limit)
                throw new MachineException($"{NoMajority(agreeing)}; see `redishabake-agent status` for which of them do not answer");
            await Task.Delay(Pause, agent.Clock, ct);
        }
    }

    private Difference NoMajority((int Count, string Master, IReadOnlyList<string> Silent) agreeing) => new(
        "Sentinels",
        $"{_plan.SentinelMajority} of {_plan.SentinelNodes.Count} agree on the master",
        agreeing.Count == 0 ? "none names one" : $"{agreeing.Count} name {agreeing.Master}");

    private async Task<(int Count, string Master, IReadOnlyList<string> Silent)> AgreeingAsync(CancellationToken ct)
    {
        var answers = await Task.WhenAll(_plan.SentinelNodes.Select(async n => (Node: n.Name, Master: await NamedByAsync(n, ct))));
        var best = answers.Where(a => a.Master is { Length: > 0 }).GroupBy(a => a.Master!, StringComparer.Ordinal).MaxBy(g => g.Count());
        return (best?.Count() ?? 0, best?.Key ?? "", [.. answers.Where(a => a.Master is null).Select(a => a.Node)]);
    }

    // The named address; empty for nobody; null for no answer.
    private async Task<string?> NamedByAsync(PlannedNode node, CancellationToken ct)
    {
        if (node.Address == Words.Auto)
            return null;
        try
        {
            await using var sentinel = await RespClient.ConnectAsync(_endpoints.Sentinel(node), _endpoints.Timeout, ct);
            var reply = await sentinel.CallAsync(["SENTINEL", "GET-MASTER-ADDR-BY-NAME", _plan.MasterName], ct);
            return reply.Items.Count == 2 ? reply.Items[0].Text : "";
        }
        catch (Exception e) when (e is RespException or RespUnreachableException)
        {
            return null;
        }
    }

    private async Task NoteAbsentSentinelsAsync(long since, CancellationToken ct)
    {
        // A peer that boots beside us may be a moment behind.
        while (true)
        {
            var silent = (await AgreeingAsync(ct)).Silent;
            if (silent.Count == 0)
                return;
            if (agent.Clock.GetElapsedTime(since) > Grace)
            {
                foreach (var node in silent)
                    story.Degrade($"the Sentinel of {node} does not answer: the cluster goes on, but survives one failure less");
                return;
            }

            await Task.Delay(Pause, agent.Clock, ct);
        }
    }

    private async Task UntilAsync(long since, string what, RespEndpoint endpoint, Func<RespClient, Task<bool>> succeeds, CancellationToken ct)
    {
        while (true)
        {
            string found;
            try
            {
                await using var redis = await RespClient.ConnectAsync(endpoint, TimeSpan.FromSeconds(1), ct);
                if (await succeeds(redis))
                    return;
                found = "another value";
            }
            catch (Exception e) when (e is RespException or RespUnreachableException)
            {
                found = e.Message;
            }

            if (agent.Clock.GetElapsedTime(since) > Limit)
            {
                throw new MachineException(
                    $"expected {what} through {endpoint} within {Limit.TotalSeconds:0} s, found: {found}; look at HAProxy's stats page on port {_plan.Ports.Stats} and at `redishabake-agent status`");
            }

            await Task.Delay(Pause, agent.Clock, ct);
        }
    }
}
