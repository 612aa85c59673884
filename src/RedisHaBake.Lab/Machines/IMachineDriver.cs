using RedisHaBake.Lab.Host;

namespace RedisHaBake.Lab.Machines;

/// <summary>What a machine is made of: a systemd-nspawn container or a QEMU VM.</summary>
internal interface IMachineDriver
{
    /// <summary>The process that ends with the machine: its PID 1, or its QEMU; null while it is off.</summary>
    ProcessIdentity? Init { get; }

    /// <summary>How long to leave it alone between two looks at its files, so that looking does not slow it down.</summary>
    TimeSpan Pace { get; }

    /// <summary>Whether there is a disk of an earlier boot.</summary>
    bool HasDisk { get; }

    /// <summary>Makes a blank disk and a seed of the instance <paramref name="generation"/>.</summary>
    Task MakeDiskAsync(LabNode node, int generation, CancellationToken ct);

    /// <summary>Deletes the disk of a machine that is off.</summary>
    Task DeleteDiskAsync(CancellationToken ct);

    /// <summary>Starts it; it may not be on yet on return.</summary>
    Task StartAsync(CancellationToken ct);

    /// <summary>Every process of it that runs.</summary>
    IReadOnlyList<ProcessIdentity> Processes();

    /// <summary>Takes the carrier from the machine's link, or gives it back.</summary>
    Task SetLinkAsync(bool up);

    /// <summary>What this computer runs to run <paramref name="command"/> as root on the machine.</summary>
    /// <exception cref="LabException">The machine is off.</exception>
    IReadOnlyList<string> Entering(IReadOnlyList<string> command, string terminal);

    /// <summary>What this computer runs to read the machine's journal with these arguments of journalctl.</summary>
    IReadOnlyList<string> Journal(IReadOnlyList<string> arguments);

    /// <summary>The texts of those files that are there; empty for a machine that is off or cannot be asked yet.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadAsync(IReadOnlyList<string> paths, CancellationToken ct);

    /// <summary>Sends a signal to a service's main process.</summary>
    /// <returns>Whether it has one.</returns>
    Task<bool> SignalAsync(string unit, int signal);
}
