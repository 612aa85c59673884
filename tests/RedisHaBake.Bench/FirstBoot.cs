using System.Diagnostics;
using RedisHaBake.Lab;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Resp;

namespace RedisHaBake.Bench;

/// <summary>How long three blank machines took to be a cluster, as an application sees it.</summary>
/// <param name="Serves">From power-on to the first write through the write address that could be read through the read address, s.</param>
/// <param name="Whole">From power-on to one master with every other node its synced replica, s.</param>
/// <param name="Verified">From power-on to the last node's ready stamp, s; 0 where there is none.</param>
public sealed record FirstBoot(double Serves, double Whole, double Verified)
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Boots all machines of <paramref name="lab"/> at once and watches them.</summary>
    /// <exception cref="LabException">They became no cluster in time.</exception>
    public static async Task<FirstBoot> MeasureAsync(RunningLab lab, bool hasAgent)
    {
        var clock = Stopwatch.StartNew();
        var verified = hasAgent ? VerifiedAsync(lab, clock) : Task.FromResult(0.0);
        await Task.WhenAll(lab.Machines.Select(m => m.BootAsync()));
        var serves = UntilAsync(lab, clock, "a write that can be read", () => NetworkNamespace.RunAsync(lab.KeeperPid, () => IsServed(lab)));
        var whole = UntilAsync(lab, clock, "a master with synced replicas", () => IsWholeAsync(lab));
        return new(await serves, await whole, await verified);
    }

    private static async Task<double> VerifiedAsync(RunningLab lab, Stopwatch clock)
    {
        await Readiness.WaitAsync(lab.Machines, _limit, _ => { }, CancellationToken.None);
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> UntilAsync(RunningLab lab, Stopwatch clock, string expected, Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            if (clock.Elapsed > _limit)
                throw new LabException($"{lab.Plan.Name}: expected {expected} within {_limit.TotalSeconds:0} s of power-on; look at its machines' journals");
            await Task.Delay(50);
        }

        return clock.Elapsed.TotalSeconds;
    }

    private static bool IsServed(RunningLab lab)
    {
        var client = lab.Plan.Client;
        var value = Stopwatch.GetTimestamp().ToString();
        try
        {
            using var write = RespClient.ConnectAsync(new(client.Write, client.Port, client.User, client.Password), _patience).GetAwaiter().GetResult();
            if (!write.CallAsync("SET", "bench", value).GetAwaiter().GetResult().IsOk)
                return false;
            using var read = RespClient.ConnectAsync(new(client.Read, client.Port, client.User, client.Password), _patience).GetAwaiter().GetResult();
            return read.CallAsync("GET", "bench").GetAwaiter().GetResult().Text == value;
        }
        catch (Exception e) when (e is RespException or RespUnreachableException)
        {
            return false;
        }
    }

    private static async Task<bool> IsWholeAsync(RunningLab lab)
    {
        var roles = await Task.WhenAll(lab.Machines.Select(m => m.IsOn ? LabView.RoleAsync(lab, m) : Task.FromResult("")));
        return roles.Count(r => r == "master") == 1 && roles.Count(r => r == "replica") == roles.Length - 1;
    }
}
