using System.Net;
using RedisHaBake.Lab.Rootfs;

namespace RedisHaBake.Lab.Machines;

/// <summary>
/// What stock machines reach beyond their own network: the archives that they install from, as this computer's apt reaches them,
/// and the agent's package. Connections are taken up in the lab and made anew from this computer: it forwards no packets for them,
/// needs no firewall rules, and they work through whatever name service or proxy it has, one on its loopback included.
/// </summary>
/// <param name="Package">The agent's .deb on this computer.</param>
/// <param name="Sources">The archives, in this computer's words.</param>
/// <param name="Forwards">The servers behind them.</param>
public sealed record WayOut(string Package, AptSources Sources, IReadOnlyList<Forward> Forwards)
{
    /// <summary>The lab's address that serves the agent's package (RFC 5737: nobody has it).</summary>
    public const string PackageServer = "198.51.100.1";

    private const string FirstServer = "198.51.100.";
    private const int FirstNumber = 10;

    /// <summary>The URL under which machines get <paramref name="package"/>.</summary>
    public static string UrlOf(string package) => $"http://{PackageServer}/{Path.GetFileName(package)}";

    /// <summary>The way to <paramref name="sources"/> and <paramref name="more"/>.</summary>
    /// <param name="package">The agent's .deb.</param>
    /// <param name="sources">The archives and what they need.</param>
    /// <param name="more">Archives that the texts themselves name.</param>
    public static WayOut To(string package, AptSources sources, IEnumerable<Uri> more)
    {
        var servers = sources.Servers.Concat(more).Select(uri => (uri.Host, uri.Port)).Distinct().ToList();
        var hosts = servers.Select(s => s.Host).Distinct().ToList();
        return new(package, sources, [.. servers.Select(s => new Forward(s.Host, s.Port, AddressOf(s.Host, hosts.IndexOf(s.Host))))]);
    }

    /// <summary>A machine's /etc/hosts.</summary>
    /// <param name="isPrivate">Whether it reaches none of these: the one through which it goes knows them.</param>
    public string Hosts(bool isPrivate = false)
    {
        var names = Forwards.Where(f => !isPrivate && !IsAddress(f.Host)).Select(f => $"{f.Address} {f.Host}").Distinct();
        return string.Join('\n', ["127.0.0.1 localhost", "::1 localhost ip6-localhost ip6-loopback", .. names]) + "\n";
    }

    /// <summary>A machine's sources.list.</summary>
    public string SourcesList() => Inside(sources: Sources.Lines);

    /// <summary>A machine's apt.conf: proxies as on this computer, none for the agent's package.</summary>
    /// <param name="isPrivate">Whether its text says which proxy it has.</param>
    public string AptConf(bool isPrivate = false) => Inside([.. Sources.Options, .. isPrivate ? [] : (string[])[$"Acquire::http::Proxy::{PackageServer} \"DIRECT\";"]]);

    // Only what this computer reaches on its own loopback has another address inside a machine.
    private string Inside(IReadOnlyList<string> sources)
    {
        var text = string.Join('\n', sources) + "\n";
        foreach (var forward in Forwards.Where(f => IsLoopback(f.Host)))
            text = text.Replace($"//{forward.Host}", $"//{forward.Address}", StringComparison.Ordinal).Replace($"@{forward.Host}", $"@{forward.Address}", StringComparison.Ordinal);
        return text;
    }

    private static string AddressOf(string host, int index) => IsAddress(host) && !IsLoopback(host) ? host : FirstServer + (FirstNumber + index);

    private static bool IsAddress(string host) => IPAddress.TryParse(host, out _);

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
