namespace RedisHaBake.Lab.Machines;

/// <summary>What the VMs of a lab look like.</summary>
/// <param name="Image">The disk image that they boot from; it stays as it is, each machine writes beside it.</param>
/// <param name="User">The image's own user, whom cloud-init gives the lab's SSH key.</param>
/// <param name="Accelerator">kvm, or tcg, which emulates.</param>
/// <param name="Cpus">Virtual CPUs of each.</param>
/// <param name="MemoryMib">RAM of each, in MiB.</param>
public sealed record VmShape(string Image, string User, string Accelerator, int Cpus, int MemoryMib)
{
    /// <summary>kvm where guests run under it on this computer, else tcg.</summary>
    public static async Task<string> AcceleratorAsync(CancellationToken ct)
        => (await Host.HostCommand.RequireAsync(["bash", "-c", Scripts.LabScripts.Accelerator], "", ct)).Trim();

    /// <summary>Whether processors are emulated: then pauses of seconds are no failures.</summary>
    public bool IsEmulated => Accelerator != "kvm";
}
