using RedisHaBake.Agent.Cluster;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>
/// The running servers have the plan's settings: their files say only what a process read when it started. What can be changed in a
/// running server is; for the rest a person chooses the moment of a restart, and until then the node is degraded.
/// </summary>
public sealed class SettingsStep(AgentContext agent, BootStory story, EngineTrial trial) : IStep
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private readonly NodePlan _plan = agent.Plan;
    private readonly ClusterEndpoints _endpoints = new(agent.Plan);
    private readonly HashSet<string> _fixed = [];

    /// <inheritdoc/>
    public string Name => "settings";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct)
    {
        // Of a text that no server would start with, nothing is to be expected of the running one; without an address it cannot be asked.
        if (trial.HasRejected || agent.AddressProblem.Length > 0)
            return [];
        List<Difference> differences = [];
        if (_plan.Self.Has(NodeRole.Redis))
            differences.AddRange((await RedisAsync(ct)).Where(d => !_fixed.Contains(d.Name)).Select(d => d.Difference));
        if (_plan.Self.Has(NodeRole.Sentinel))
            differences.AddRange((await SentinelAsync(ct)).Differences);
        return differences;
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(CancellationToken ct)
    {
        if (_plan.Self.Has(NodeRole.Redis))
        {
            await using var redis = await RespClient.ConnectAsync(_endpoints.Redis(_plan.Self), Limit, ct);
            foreach (var (name, value, difference) in await RedisAsync(ct))
            {
                var reply = await redis.CallAsync(["CONFIG", "SET", name, value.Replace("\"", "", StringComparison.Ordinal)], ct);
                if (reply.IsError && _fixed.Add(name))
                    story.Degrade(Refusal(difference, reply.Text));
            }
        }

        if (_plan.Self.Has(NodeRole.Sentinel) && await SentinelAsync(ct) is { Master: { } master, Differences.Count: > 0 })
            await new SentinelOrders(_plan).MonitorAsync(_plan.Self, master, ct);
    }

    // Where a restart would help, CONFIG SET says "can't set immutable config" or "can't set protected config".
    private static string Refusal(Difference difference, string words)
        => words.Contains("immutable", StringComparison.OrdinalIgnoreCase) || words.Contains("protected", StringComparison.OrdinalIgnoreCase)
            ? $"{difference}; Redis takes it only at a start ({words})"
            : $"{difference with { Next = "" }}; Redis refuses it ({words}); correct the spec and generate again";

    private async Task<IReadOnlyList<(string Name, string Value, Difference Difference)>> RedisAsync(CancellationToken ct)
    {
        await using var redis = await RespClient.ConnectAsync(_endpoints.Redis(_plan.Self), Limit, ct);
        var settings = RedisSettings.For(_plan, agent.Host).ToList();
        var replies = await redis.CallAllAsync([.. settings.Select(s => new[] { "CONFIG", "GET", s.Key })], ct);
        List<(string, string, Difference)> differing = [];
        foreach (var ((name, planned), reply) in settings.Zip(replies))
        {
            if (RedisSettings.IsCommand(name))
                continue;
            if (!reply.OrThrow().AsPairs().TryGetValue(name, out var found))
            {
                // The program accepted it, so it takes and ignores it, as it does with names of old releases, or has been updated.
                story.Note($"{name} has no effect: the running Redis knows no such setting; take it out of the spec's extra lines, or if Redis was updated: systemctl restart {agent.Layout.ServerUnit}");
                continue;
            }

            if (RedisSettings.Holds(name, planned, found))
                continue;
            var secret = RedisSettings.IsSecret(name);
            differing.Add((name, planned, new(
                $"{name} of the running Redis", secret ? "the plan's" : planned, secret ? "another" : found,
                $"if `redishabake-agent apply` cannot change it, restart: systemctl restart {agent.Layout.ServerUnit} (a master hands over first)")));
        }

        return differing;
    }

    private async Task<(string? Master, IReadOnlyList<Difference> Differences)> SentinelAsync(CancellationToken ct)
    {
        await using var sentinel = await RespClient.ConnectAsync(_endpoints.Sentinel(_plan.Self), Limit, ct);
        var master = await sentinel.CallAsync(["SENTINEL", "MASTER", _plan.MasterName], ct);
        // It names nobody yet: the join tells it whom, and the settings with it.
        if (master.IsError)
            return (null, []);
        var found = master.AsPairs();
        return (found.GetValueOrDefault("ip"),
        [
            .. SentinelSettings.For(_plan)
                .Where(s => found.TryGetValue(s.Option, out var value) && value != s.Value)
                .Select(s => new Difference($"{s.Option} of the running Sentinel", s.Value, found[s.Option])),
        ]);
    }
}
