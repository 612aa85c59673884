using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Cluster;

/// <summary>What the agent tells Sentinels. Their file is theirs: it is only ever changed by these commands.</summary>
public sealed class SentinelOrders(NodePlan plan)
{
    private readonly ClusterEndpoints _endpoints = new(plan);

    /// <summary>
    /// Makes the Sentinel of <paramref name="node"/> monitor <paramref name="address"/> with the plan's settings. One that monitors
    /// another address is left alone: who is right is not for this call to say.
    /// </summary>
    /// <returns>Whether it monitors that address now.</returns>
    public async Task<bool> MonitorAsync(PlannedNode node, string address, CancellationToken ct)
    {
        try
        {
            await using var sentinel = await RespClient.ConnectAsync(_endpoints.Sentinel(node), _endpoints.Timeout, ct);
            var known = await sentinel.CallAsync(["SENTINEL", "GET-MASTER-ADDR-BY-NAME", plan.MasterName], ct);
            if (known.IsNull)
            {
                (await sentinel.CallAsync(
                    ["SENTINEL", "MONITOR", plan.MasterName, address, Text(plan.Ports.Redis), Text(plan.Failover.Quorum)], ct)).OrThrow();
            }
            else if (known.OrThrow().Items is not [var ip, ..] || ip.Text != address)
            {
                return false;
            }

            foreach (var setting in SentinelSettings.For(plan))
                (await sentinel.CallAsync(["SENTINEL", "SET", plan.MasterName, setting.Option, setting.Value], ct)).OrThrow();
            return true;
        }
        catch (RespUnreachableException)
        {
            return false;
        }
    }

    /// <summary>
    /// Makes every reachable Sentinel forget its master and monitor <paramref name="address"/>. Only for whoever has won a vote: the
    /// config epoch begins anew.
    /// </summary>
    /// <returns>How many monitor that address now.</returns>
    public async Task<int> ReplaceEverywhereAsync(string address, CancellationToken ct)
    {
        await Task.WhenAll(plan.SentinelNodes.Select(n => ForgetAsync(n, ct)));
        return await MonitorEverywhereAsync(address, ct);
    }

    /// <summary>Tells every configured Sentinel at once; see <see cref="MonitorAsync"/>.</summary>
    /// <returns>How many monitor that address now.</returns>
    public async Task<int> MonitorEverywhereAsync(string address, CancellationToken ct)
        => (await Task.WhenAll(plan.SentinelNodes.Select(n => MonitorAsync(n, address, ct)))).Count(told => told);

    private async Task ForgetAsync(PlannedNode node, CancellationToken ct)
    {
        try
        {
            await using var sentinel = await RespClient.ConnectAsync(_endpoints.Sentinel(node), _endpoints.Timeout, ct);
            await sentinel.CallAsync(["SENTINEL", "REMOVE", plan.MasterName], ct);
        }
        catch (RespUnreachableException)
        {
            // It is not counted by the caller, and adopts what the majority names when it is back.
        }
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
