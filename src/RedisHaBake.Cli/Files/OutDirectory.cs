using System.Security.Cryptography;
using System.Text;

namespace RedisHaBake.Cli.Files;

/// <summary>
/// The directory that `generate` writes. A manifest in sha256sum's format keeps what was written, so that a file which a person
/// changed since is noticed and left alone.
/// </summary>
/// <param name="path">The directory.</param>
internal sealed class OutDirectory(string path)
{
    private const string Manifest = ".redishabake.sha256";

    /// <summary>Compares <paramref name="files"/> with what is there.</summary>
    /// <exception cref="UnwritableException">A file stands where the directory shall be.</exception>
    public IReadOnlyList<FileChange> Compare(IReadOnlyList<OutFile> files)
    {
        if (File.Exists(path))
            throw UnwritableException.IsFile(path);
        var written = ReadManifest();
        var changes = files.Select(f => new FileChange(f.Name, Kind(f.Name, Hash(f.Text), written), f)).ToList();
        foreach (var (name, hash) in written.Where(w => !files.Any(f => f.Name == w.Key)))
        {
            if (Current(name) is { } current)
                changes.Add(new(name, current == hash ? ChangeKind.Remove : ChangeKind.Forget, null));
        }

        return changes;
    }

    /// <summary>Makes the directory hold <paramref name="changes"/>; each file is there whole or not at all.</summary>
    public void Apply(IReadOnlyList<FileChange> changes)
    {
        Make();
        foreach (var change in changes)
        {
            var file = Path.Combine(path, change.Name);
            if (change.File is { } content && change.Kind != ChangeKind.Same)
                AtomicFile.Write(file, content.Text, content.Mode);
            else if (change.Kind == ChangeKind.Remove)
                File.Delete(file);
        }

        var lines = changes.Where(c => c.File is not null).Select(c => $"{Hash(c.File!.Text)}  {c.Name}\n");
        AtomicFile.Write(Path.Combine(path, Manifest), string.Concat(lines), AtomicFile.Shared);
    }

    private void Make()
    {
        try
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UnwritableException.Because(path, e);
        }
    }

    private ChangeKind Kind(string name, string hash, Dictionary<string, string> written)
    {
        if (Current(name) is not { } current)
            return ChangeKind.Create;
        if (current == hash)
            return ChangeKind.Same;
        return written.GetValueOrDefault(name) == current ? ChangeKind.Update : ChangeKind.Edited;
    }

    private string? Current(string name)
    {
        var file = Path.Combine(path, name);
        return File.Exists(file) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) : null;
    }

    private Dictionary<string, string> ReadManifest()
    {
        var written = new Dictionary<string, string>();
        var manifest = Path.Combine(path, Manifest);
        if (!File.Exists(manifest))
            return written;
        foreach (var line in File.ReadLines(manifest).Where(l => l.Length > 66 && !l.Contains('/')))
            written[line[66..]] = line[..64];
        return written;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
