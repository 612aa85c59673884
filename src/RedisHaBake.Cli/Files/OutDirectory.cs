using System.Security.Cryptography;
using System.Text;

namespace RedisHaBake.Cli.Files;

/// <summary>
/// The directory that `generate` writes. A manifest in sha256sum's format keeps what was written and for which cluster, so that a file
/// which a person changed since, and another cluster's texts, are noticed and left alone.
/// </summary>
/// <param name="path">The directory.</param>
/// <param name="owner">The cluster that writes.</param>
internal sealed class OutDirectory(string path, OutOwner owner)
{
    private const string Manifest = ".redishabake.sha256";

    /// <summary>The other cluster whose texts stand there; null where there is none.</summary>
    /// <exception cref="UnwritableException">The manifest cannot be read.</exception>
    public OutOwner? Other() => ReadLines().Select(OutOwner.Parse).FirstOrDefault(o => o is not null && o.Id != owner.Id);

    /// <summary>Compares <paramref name="files"/> with what is there.</summary>
    /// <exception cref="UnwritableException">Something else stands where the directory shall be, or a file there cannot be read.</exception>
    public IReadOnlyList<FileChange> Compare(IReadOnlyList<OutFile> files)
    {
        if (FileType.Of(path) is { } found and not FileType.Directory)
            throw UnwritableException.NoDirectory(path, found);
        if (FileType.Of(path) is null && new FileInfo(path).LinkTarget is { } target)
            throw UnwritableException.NoDirectory(path, $"a link to {target}, where nothing is");
        var written = ReadManifest();
        var changes = files.Select(f => new FileChange(f.Name, Kind(f.Name, Hash(f.Text), written), f)).ToList();
        foreach (var hashes in written.Where(w => !files.Any(f => f.Name == w.Key)))
        {
            if (Current(hashes.Key) is { } current)
                changes.Add(new(hashes.Key, hashes.Contains(current) ? ChangeKind.Remove : ChangeKind.Forget, null));
        }

        return changes;
    }

    /// <summary>Makes the directory hold <paramref name="changes"/>; each file is there whole or not at all.</summary>
    /// <exception cref="UnwritableException">It cannot be written.</exception>
    public void Apply(IReadOnlyList<FileChange> changes)
    {
        Try(path, () => Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        // Should this run be killed half-way, the next one knows both its texts and those before them as its own.
        if (changes.Any(c => c.Kind is not (ChangeKind.Same or ChangeKind.Forget)))
            Write([.. Lines(changes), .. ReadLines().Where(l => !l.StartsWith('#'))]);
        foreach (var change in changes)
        {
            var file = Path.Combine(path, change.Name);
            if (change.File is { } content && change.Kind != ChangeKind.Same)
                AtomicFile.Write(file, content.Text, content.Mode);
            else if (change is { Kind: ChangeKind.Same, File.Mode: AtomicFile.Private })
                Try(file, () => Close(file));
            else if (change.Kind == ChangeKind.Remove)
                Try(file, () => File.Delete(file));
            AtomicFile.RemoveLeftovers(file);
        }

        Write(Lines(changes));
    }

    // A copy from elsewhere, or an archive, may have opened it to every account.
    private static void Close(string file)
    {
        if ((File.GetUnixFileMode(file) & ~AtomicFile.Private) != UnixFileMode.None)
            File.SetUnixFileMode(file, AtomicFile.Private);
    }

    private static IEnumerable<string> Lines(IReadOnlyList<FileChange> changes)
        => changes.Where(c => c.File is not null).Select(c => $"{Hash(c.File!.Text)}  {c.Name}");

    // Only where it says something new: a run that changes nothing waits for no disk.
    private void Write(IEnumerable<string> lines)
    {
        var manifest = $"{owner}\n{string.Concat(lines.Distinct().Select(l => l + "\n"))}";
        if (Current(Manifest) != Hash(manifest))
            AtomicFile.Write(Path.Combine(path, Manifest), manifest, AtomicFile.Shared);
    }

    private static void Try(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UnwritableException.Because(path, e);
        }
    }

    private ChangeKind Kind(string name, string hash, ILookup<string, string> written)
    {
        if (Current(name) is not { } current)
            return ChangeKind.Create;
        if (current == hash)
            return ChangeKind.Same;
        return written[name].Contains(current) ? ChangeKind.Update : ChangeKind.Edited;
    }

    // Of what is no regular file the content is never ours.
    private string? Current(string name)
    {
        var file = Path.Combine(path, name);
        try
        {
            return FileType.Of(file) switch
            {
                FileType.File => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))),
                var other => other,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UnwritableException.Unreadable(file, e);
        }
    }

    // A name has two where a run was killed half-way.
    private ILookup<string, string> ReadManifest() => ReadLines()
        .Where(l => l.Length > 66 && !l.StartsWith('#') && !l.Contains('/'))
        .ToLookup(l => l[66..], l => l[..64]);

    private string[] ReadLines()
    {
        var manifest = Path.Combine(path, Manifest);
        try
        {
            return FileType.Of(manifest) == FileType.File ? File.ReadAllLines(manifest) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UnwritableException.Unreadable(manifest, e);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
