using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Cluster;

/// <summary>The files in which Redis keeps its dataset: snapshots and the append-only file's parts.</summary>
public sealed class DatasetFiles(MachineRoot root, NodePlan plan)
{
    private readonly string _directory = EngineLayout.For(plan.Engine.Kind).DataDirectory;

    /// <summary>Directory of the datasets that were kept aside, one directory each.</summary>
    public string KeptDirectory => _directory + "/redishabake-kept";

    /// <summary>Their paths below the data directory; empty where there is no dataset. Redis's own temporary files are none.</summary>
    public IReadOnlyList<string> List()
    {
        var directory = root.At(_directory);
        if (!Directory.Exists(directory))
            return [];
        var parts = Path.Combine(directory, "appendonlydir");
        return
        [
            .. ((string[])["*.rdb", "*.aof"]).SelectMany(pattern => Directory.EnumerateFiles(directory, pattern))
                .Concat(Directory.Exists(parts) ? Directory.EnumerateFiles(parts) : [])
                .Where(file => !Path.GetFileName(file).StartsWith("temp-", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(directory, file))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Whether there is what Redis loads at its start: with the append-only file on its manifest (or the one file of before Redis 7), and
    /// no snapshot whatever it holds; without it a snapshot, and no append-only file.
    /// </summary>
    public bool HasWhatIsLoaded => List().Any(file => plan.Redis.AppendOnly
        ? file.EndsWith(".manifest", StringComparison.Ordinal) || (!file.Contains('/') && file.EndsWith(".aof", StringComparison.Ordinal))
        : !file.Contains('/') && file.EndsWith(".rdb", StringComparison.Ordinal));

    /// <summary>
    /// Keeps the dataset aside by a second name of each file: at once, and without a byte of disk until Redis drops the first name. Nothing
    /// may write to the dataset meanwhile; a replica of nobody does not.
    /// </summary>
    /// <param name="name">Name of the directory below <see cref="KeptDirectory"/>.</param>
    /// <returns>Bytes that are kept; 0 where there is no dataset, or null where the disk has no room for it beside a new one.</returns>
    /// <exception cref="IOException">It could not be kept.</exception>
    public long? Keep(string name)
    {
        var files = List();
        var directory = root.At(_directory);
        var bytes = files.Sum(file => new FileInfo(Path.Combine(directory, file)).Length);
        if (bytes == 0)
            return 0;
        // The sync that follows writes the new dataset twice: as a snapshot, then as the append-only file's base.
        if (new DriveInfo(directory).AvailableFreeSpace < 2 * bytes)
            return null;
        var kept = Path.Combine(root.At(KeptDirectory), name);
        MakePrivate(root.At(KeptDirectory));
        MakePrivate(kept);
        foreach (var file in files)
        {
            var second = Path.Combine(kept, file);
            MakePrivate(Path.GetDirectoryName(second)!);
            if (!File.Exists(second))
                LibC.Link(Path.Combine(directory, file), second);
        }

        LibC.SyncDirectory(kept);
        return bytes;
    }

    private static void MakePrivate(string directory)
        => Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
