using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Page;

/// <summary>What to order for a VM where the spec leaves it open: the tutorial's size for data, a small one for what only votes or forwards.</summary>
/// <param name="Cpus">Virtual CPUs.</param>
/// <param name="Memory">RAM in words.</param>
/// <param name="DiskGb">Disk in GB.</param>
internal sealed record VmSize(int Cpus, string Memory, int DiskGb)
{
    private const double Gb = 1 << 30;

    /// <summary>The size for <paramref name="node"/>.</summary>
    public static VmSize Of(NodeSpec node)
    {
        var data = node.Roles.Contains(NodeRole.Redis);
        var memory = node.MemoryBytes > 0 ? node.MemoryBytes / Gb : data ? 2 : 1;
        // A snapshot, the append-only file and its rewrite stand side by side for a while, each as large as the dataset.
        var disk = data ? Math.Max(20, (int)Math.Ceiling(4 * memory / 10) * 10) : 10;
        return new(data ? 2 : 1, FormattableString.Invariant($"{memory:0.##} GB") + (node.MemoryBytes > 0 ? "" : " or more"), disk);
    }
}
