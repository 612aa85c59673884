using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using RedisHaBake.Lab.Host;

namespace RedisHaBake.Lab.Rootfs;

/// <summary>
/// Where packages of a suite come from: the archives that this machine's own apt uses, whatever their address. Only where the
/// machine knows no archive of that family (a Debian lab on Ubuntu) is it the distribution's public one.
/// </summary>
/// <param name="Lines">sources.list lines.</param>
/// <param name="Options">apt.conf lines that the archives need here (proxy, time-outs).</param>
public sealed partial record AptSources(IReadOnlyList<string> Lines, IReadOnlyList<string> Options)
{
    /// <summary>The servers behind them: archives and proxies.</summary>
    [JsonIgnore]
    public IEnumerable<Uri> Servers => Lines.Concat(Options).SelectMany(line => Url().Matches(line)).Select(m => new Uri(m.Value));

    /// <summary>Asks this machine's apt.</summary>
    /// <param name="suite">A suite of Debian or Ubuntu.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="LabException">The suite is unknown.</exception>
    public static async Task<AptSources> OfThisMachineAsync(string suite, CancellationToken ct) => Choose(
        suite,
        (await HostCommand.RunAsync(["apt-get", "--print-uris", "update"], "", ct)).Output,
        (await HostCommand.RunAsync(["apt-config", "dump"], "", ct)).Output);

    /// <summary>Chooses from what <c>apt-get --print-uris update</c> and <c>apt-config dump</c> print.</summary>
    /// <exception cref="LabException">The suite is unknown.</exception>
    public static AptSources Choose(string suite, string uris, string config)
    {
        var family = ArchiveFamily.Of(suite);
        var known = Index().Matches(uris).Select(m => (Base: m.Groups["base"].Value, Suite: m.Groups["suite"].Value)).ToList();
        var main = known.FirstOrDefault(k => family.Suites.Contains(k.Suite)).Base ?? family.Main;
        var security = known.FirstOrDefault(k => family.Suites.Any(s => k.Suite == s + "-security")).Base ?? family.Security;
        var options = File.Exists(family.Keyring) ? $"[signed-by={family.Keyring}] " : "";
        return new(
            [
                $"deb {options}{main} {suite} {family.Components}",
                $"deb {options}{main} {suite}-updates {family.Components}",
                $"deb {options}{security} {suite}-security {family.Components}",
            ],
            [.. config.Split('\n').Where(line => Transport().IsMatch(line))]);
    }

    [GeneratedRegex(@"^'(?<base>\S+?)/?/dists/(?<suite>[a-z-]+)/InRelease'", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Index();

    [GeneratedRegex(@"https?://[^\s"";]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Url();

    [GeneratedRegex("^Acquire::(https?::|Retries|Check-|ForceIPv)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Transport();
}
