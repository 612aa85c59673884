using RedisHaBake.Cli.Images;
using RedisHaBake.Lab;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Lab;

/// <summary>Where the machines of a lab are QEMU VMs.</summary>
/// <param name="Image">Their disk image; empty for the one that was built beside this program.</param>
/// <param name="Accelerator">kvm, or tcg, which emulates.</param>
public sealed record VmBackend(string Image, string Accelerator)
{
    private const int LeastMib = 1024;

    private static readonly string[] _directories = [Path.Combine(AppContext.BaseDirectory, "..", "images"), Path.Combine("artifacts", "images")];

    /// <summary>Whether processors are emulated: then pauses of seconds are no failures.</summary>
    public bool IsEmulated => Accelerator != "kvm";

    /// <summary>The backend as this computer has it.</summary>
    public static VmBackend Find(string image) => new(image, VmShape.AcceleratorAsync(CancellationToken.None).GetAwaiter().GetResult());

    /// <summary>The machines for <paramref name="spec"/>, as the lab's variant left it.</summary>
    /// <exception cref="LabException">There is no image, or it does not serve the spec.</exception>
    public VmShape Shape(ClusterSpec spec, IReadOnlyList<NodePlan> plans)
    {
        var image = Image.Length > 0 ? Asked() : Built(spec);
        var stamp = Path.ChangeExtension(image, ".json");
        if (spec.Agent.Baked && Reasons(stamp, spec, plans) is { Count: > 0 } reasons)
            throw new LabException($"{image} does not serve this spec:\n  {string.Join("\n  ", reasons)}");
        // An emulated second processor costs more than it gives while three machines boot.
        return new(image, UserOf(spec.Os.Suite), Accelerator, IsEmulated ? 1 : 2, Math.Max(LeastMib, (int)(spec.Nodes.Max(n => n.MemoryBytes) >> 20)));
    }

    private static IReadOnlyList<string> Reasons(string stamp, ClusterSpec spec, IReadOnlyList<NodePlan> plans)
    {
        try
        {
            return ImageFit.Reasons([ImageStamp.Read(stamp)], spec, plans);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return [$"its stamp cannot be read: {e.Message}; expected the .json that `make image` leaves beside an image"];
        }
    }

    private string Asked() => File.Exists(Image) ? Path.GetFullPath(Image) : throw new LabException($"the image {Image} does not exist; build one with: make image, or make base-image");

    private static string Built(ClusterSpec spec)
    {
        var suite = spec.Os.Suite;
        var name = spec.Agent.Baked ? $"all-{suite}/redishabake-all-{suite}.qcow2" : $"base-{suite}.qcow2";
        return _directories.Select(d => Path.GetFullPath(Path.Combine(d, name))).FirstOrDefault(File.Exists)
            ?? throw new LabException(
                $"no {name} in {string.Join(" or ", _directories.Select(Path.GetFullPath).Distinct())}; build it with: {(spec.Agent.Baked ? $"make image ROLE=all (for {suite})" : $"make base-image SUITE={suite}")}, or name one with --image");
    }

    // Whom a distribution's cloud image knows.
    private static string UserOf(string suite) => suite is "jammy" or "noble" ? "ubuntu" : "debian";
}
