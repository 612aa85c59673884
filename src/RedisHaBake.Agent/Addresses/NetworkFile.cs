using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Addresses;

/// <summary>Asks systemd-networkd by which file it set an interface up (netplan's are called 10-netplan-ID.network).</summary>
public sealed class NetworkFile(MachineRoot root, IPrograms programs)
{
    private const string Networkctl = "/usr/bin/networkctl";
    private const string Label = "Network File:";

    /// <summary>The file's path; null where networkd does not have the interface.</summary>
    public async Task<string?> OfAsync(string network, CancellationToken ct)
    {
        // Debian's networkd is there on most machines and runs on those that use it.
        if (!root.Exists(Networkctl))
            return null;
        // Ubuntu 22.04's networkctl knows no JSON yet; this label is the same from there to systemd 257.
        var result = await programs.RunAsync(Networkctl, ["--no-pager", "--lines=0", "status", network], ct);
        var line = result.Output.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith(Label, StringComparison.Ordinal));
        var path = line?[Label.Length..].Trim();
        return path is { Length: > 0 } && path.EndsWith(".network", StringComparison.Ordinal) ? path : null;
    }
}
