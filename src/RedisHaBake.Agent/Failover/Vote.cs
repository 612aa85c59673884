using System.Globalization;
using RedisHaBake.Agent.Cluster;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Failover;

/// <summary>
/// Sentinel's own vote (SENTINEL IS-MASTER-DOWN-BY-ADDR with a run id and a fresh epoch), so that of all who would promote, Sentinels
/// included, one has the turn: forced failovers without it made two masters.
/// </summary>
public sealed class Vote(NodePlan plan)
{
    private readonly ClusterEndpoints _endpoints = new(plan);

    /// <summary>Asks every Sentinel that names a master for its vote.</summary>
    /// <param name="candidate">Run id to vote for: the id of the Sentinel that will be asked, which alone is then not silenced.</param>
    /// <param name="sentinels">What they said just now.</param>
    /// <param name="ct">Gives up earlier.</param>
    /// <returns>Whether a majority of the configured Sentinels voted for <paramref name="candidate"/>.</returns>
    public async Task<bool> WinAsync(string candidate, IReadOnlyList<SentinelView> sentinels, CancellationToken ct)
    {
        var voters = sentinels.Where(s => s is { Reachable: true, Names: not null }).ToList();
        if (voters.Count < plan.SentinelMajority)
            return false;
        var known = await Task.WhenAll(voters.Select(v => AskAsync(v, 0, candidate, ct)));
        var epoch = 1 + Math.Max(voters.Max(v => v.Names!.ConfigEpoch), known.Max(k => k?.Epoch ?? 0));
        var (won, stale) = await CountAsync(voters, epoch, candidate, ct);
        if (!won && stale)
        {
            // A Sentinel's current epoch is not shown by any command and can be ahead of all that it returns (after REMOVE and
            // MONITOR, say). Epochs are 64 bit and only compared: a leap passes any that elections can have reached meanwhile.
            (won, _) = await CountAsync(voters, epoch + 1000, candidate, ct);
        }

        return won;
    }

    /// <summary>
    /// Whether a majority's last vote is still the one for <paramref name="candidate"/>. A vote is exclusive at its own epoch only: who
    /// asks a moment later wins the next one, so of two winners the earlier sees here that it has lost the turn. Asks for no vote.
    /// </summary>
    /// <param name="candidate">Run id that won.</param>
    /// <param name="sentinels">What they said before the vote.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<bool> HoldsAsync(string candidate, IReadOnlyList<SentinelView> sentinels, CancellationToken ct)
    {
        var last = await Task.WhenAll(sentinels.Where(s => s is { Reachable: true, Names: not null }).Select(v => AskAsync(v, 0, candidate, ct)));
        return last.Count(v => v is { } vote && vote.Leader == candidate) >= plan.SentinelMajority;
    }

    private async Task<(bool Won, bool Stale)> CountAsync(IReadOnlyList<SentinelView> voters, long epoch, string candidate, CancellationToken ct)
    {
        var replies = await Task.WhenAll(voters.Select(v => AskAsync(v, epoch, candidate, ct)));
        var ours = replies.Count(r => r is { } vote && vote.Leader == candidate && vote.Epoch == epoch);
        return (ours >= plan.SentinelMajority, replies.Any(r => r is { } vote && vote.Epoch < epoch));
    }

    private async Task<(string Leader, long Epoch)?> AskAsync(SentinelView voter, long epoch, string candidate, CancellationToken ct)
    {
        try
        {
            var node = plan.SentinelNodes.First(n => n.Name == voter.Node);
            await using var sentinel = await RespClient.ConnectAsync(_endpoints.Sentinel(node), _endpoints.Timeout, ct);
            var named = voter.Names!;
            var reply = await sentinel.CallAsync(
                ["SENTINEL", "IS-MASTER-DOWN-BY-ADDR", named.Address, Text(named.Port), Text(epoch), candidate], ct);
            return reply.OrThrow().Items is [_, var leader, var at] ? (leader.Text, at.AsNumber()) : null;
        }
        catch (Exception e) when (e is RespUnreachableException or RespException)
        {
            return null;
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
