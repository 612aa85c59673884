namespace RedisHaBake.Lab.Host;

/// <summary>What this machine must have before a lab can start.</summary>
public static class LabRequirements
{
    // program, and the Debian and Ubuntu package that brings it
    private static readonly (string Program, string Package)[] _programs =
    [
        ("systemd-nspawn", "systemd-container"),
        ("mmdebstrap", "mmdebstrap"),
        ("nft", "nftables"),
        ("ip", "iproute2"),
        ("nsenter", "util-linux"),
        ("unshare", "util-linux"),
        ("setpriv", "util-linux"),
        ("mount", "mount"),
        ("bash", "bash"),
        ("journalctl", "systemd"),
    ];

    private static readonly (string Program, string Package)[] _vmPrograms =
    [
        ("qemu-system-x86_64", "qemu-system-x86"),
        ("qemu-img", "qemu-utils"),
        ("xorriso", "xorriso"),
        ("ssh", "openssh-client"),
        ("ssh-keygen", "openssh-client"),
    ];

    /// <summary>Throws when something is missing.</summary>
    /// <param name="vms">Whether the machines are VMs.</param>
    /// <exception cref="LabException">One line with the remedy.</exception>
    public static void Check(bool vms = false)
    {
        if (!Environment.IsPrivilegedProcess)
            throw new LabException("the lab makes network namespaces and mounts, which needs root; run it again with sudo");
        var missing = _programs.Concat(vms ? _vmPrograms : []).Where(p => !IsInstalled(p.Program)).ToList();
        if (missing.Count > 0)
        {
            throw new LabException(
                $"the lab needs {string.Join(", ", missing.Select(p => p.Program))}, not found in PATH; run: apt-get install {string.Join(' ', missing.Select(p => p.Package).Distinct())}");
        }
    }

    internal static bool IsInstalled(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(["/usr/sbin", "/sbin"])
            .Any(directory => directory.Length > 0 && File.Exists(Path.Combine(directory, program)));
}
