using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Boot;

/// <summary>Compares files that the product writes whole with what stands on the machine. Says that a text differs, never how: it may hold secrets.</summary>
public sealed class ManagedFileSet(MachineRoot root)
{
    /// <summary>What differs.</summary>
    public IReadOnlyList<Difference> Compare(IEnumerable<ManagedFile> files) => [.. files.Select(Compare).OfType<Difference>()];

    /// <summary>What differs in one file, or null.</summary>
    public Difference? Compare(ManagedFile file)
    {
        var text = root.Read(file.Path);
        if (text is null)
            return new(file.Path, "a file", "none");
        if (text != file.Content)
            return new(file.Path, "the plan's text", "another text");
        var status = root.Status(file.Path)!.Value;
        var mode = MachineRoot.ParseMode(file.Mode);
        if (status.Mode != mode)
            return new(file.Path, $"mode {file.Mode}", "mode 0" + Convert.ToString((int)status.Mode, 8));
        // Only root can give files away; a test's tree belongs to whoever runs the test.
        if (LibC.IsRoot && (status.Uid != root.Uid(file.Owner, file.Path) || status.Gid != root.Gid(file.Group, file.Path)))
            return new(file.Path, $"owner {file.Owner}:{file.Group}", $"owner {status.Uid}:{status.Gid}");
        return null;
    }

    /// <summary>Writes one file as it shall be.</summary>
    public void Write(ManagedFile file) => root.Write(file.Path, file.Content, file.Mode, file.Owner, file.Group);
}
