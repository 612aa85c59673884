using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>The machine's programs: ip with a memory, nft with one table, and the two that judge their own configuration.</summary>
internal sealed class FakePrograms(PowerCut cut) : IPrograms
{
    public List<InterfaceAddress> Addresses { get; } = [];

    /// <summary>What networkctl says of every interface's network file; empty for one that networkd does not have.</summary>
    public string NetworkFile { get; set; } = "";

    /// <summary>What was run, with arguments, as any user of the machine could have seen it.</summary>
    public List<string> Runs { get; } = [];

    /// <summary>What haproxy finds wrong with its next file, or empty.</summary>
    public string HaproxySays { get; set; } = "";

    /// <summary>What redis-server finds wrong with its next text, or empty.</summary>
    public string RedisSays { get; set; } = "";

    /// <summary>What redis-sentinel finds wrong with its next text, or empty.</summary>
    public string SentinelSays { get; set; } = "";

    /// <summary>What the journal has of the Redis of this boot.</summary>
    public string RedisJournal { get; set; } = "";

    /// <summary>What nft finds wrong with its next file, or empty.</summary>
    public string NftSays { get; set; } = "";

    /// <summary>Whether the firewall's table is in the kernel.</summary>
    public bool FirewallLoaded { get; set; }

    public Task<ProgramResult> RunAsync(string file, IReadOnlyList<string> arguments, CancellationToken ct = default)
    {
        cut.Moment();
        Runs.Add($"{file} {string.Join(' ', arguments)}");
        var result = (file, arguments) switch
        {
            ("/sbin/ip", ["address", "add", var address, "dev", var device]) => Add(address, device),
            ("/sbin/ip", ["address", "del", var address, "dev", var device]) => Remove(address, device),
            ("/usr/bin/networkctl", [.., "status", _]) => new(0, NetworkFile.Length == 0 ? "" : $"● 2: eth0\n       Network File: {NetworkFile}\n              State: routable\n", ""),
            ("/sbin/ip", [.., "address", "show"]) => new(0, List(), ""),
            ("/sbin/ip", [.., "neighbour", "show"]) => new(0, "[]", ""),
            ("/usr/sbin/haproxy", ["-c", ..]) => new ProgramResult(HaproxySays.Length == 0 ? 0 : 1, "", HaproxySays),
            ("/usr/sbin/keepalived", ["-t", ..]) => new(0, "", ""),
            ("/usr/bin/setpriv", [.., "/usr/bin/redis-server", _]) => new(1, RedisSays.Length > 0 ? RedisSays : "1:S 24 Nov 2026 23:17:58.262 # Fatal error loading the DB: Invalid argument. Exiting.", ""),
            ("/usr/bin/setpriv", [.., "/usr/bin/redis-sentinel", _]) => new(1, SentinelSays.Length > 0 ? SentinelSays : "1:X 24 Nov 2026 23:17:58.295 # Configured to not listen anywhere, exiting.", ""),
            ("/usr/bin/journalctl", [.., "--unit=redis-server.service", "--identifier=redis-server"]) => new(0, RedisJournal, ""),
            ("/usr/bin/journalctl", _) => new(0, "", ""),
            ("/usr/sbin/nft", ["-c", "-f", _]) => new(NftSays.Length == 0 ? 0 : 1, "", NftSays),
            ("/usr/sbin/nft", ["list", "table", "inet", "redishabake"]) => new(FirewallLoaded ? 0 : 1, "", ""),
            _ => throw new InvalidOperationException($"nobody expected {file} {string.Join(' ', arguments)}"),
        };
        cut.Moment();
        return Task.FromResult(result);
    }

    private ProgramResult Add(string address, string device)
    {
        var parts = address.Split('/');
        Addresses.Add(new(device, parts[0], int.Parse(parts[1])));
        return new(0, "", "");
    }

    private ProgramResult Remove(string address, string device)
        => Addresses.RemoveAll(a => $"{a.Address}/{a.PrefixLength}" == address && a.Interface == device) == 1
            ? new(0, "", "")
            : new(2, "", "RTNETLINK answers: Cannot assign requested address");

    private string List() => "[" + string.Join(",", Addresses.GroupBy(a => a.Interface).Select(g =>
        $$"""{"ifname":"{{g.Key}}","addr_info":[{{string.Join(",", g.Select(a => $$"""{"local":"{{a.Address}}","prefixlen":{{a.PrefixLength}}}"""))}}]}""")) + "]";
}
