using System.Text.Json;
using RedisHaBake.Lab.Host;

namespace RedisHaBake.Lab.Machines;

/// <summary>What is kept on disk about a running lab, for the commands that come later. Its directory is readable by root only.</summary>
/// <param name="Plan">What the lab consists of.</param>
/// <param name="Layers">The overlay's lower directories, topmost first.</param>
/// <param name="Owner">The process that makes the lab.</param>
/// <param name="Guard">The process that cleans up when the keeper ends.</param>
/// <param name="Keeper">PID 1 of the lab's namespaces; null until it runs.</param>
/// <param name="Texts">Directory of the generated texts, for people; may be empty.</param>
/// <param name="Vm">What the machines look like where they are VMs; null for containers.</param>
public sealed record LabState(
    LabPlan Plan, IReadOnlyList<string> Layers, ProcessIdentity Owner, ProcessIdentity? Guard, ProcessIdentity? Keeper, string Texts, VmShape? Vm = null)
{
    private const string FileName = "lab.json";

    /// <summary>Whether the lab runs, is being made or is being removed. If not, what is on disk is left over.</summary>
    public bool IsAlive => Keeper is { IsAlive: true } || Guard is { IsAlive: true } || (Keeper is null && Owner.IsAlive);

    /// <summary>Every lab that has a state on disk.</summary>
    public static IReadOnlyList<LabState> All(LabPaths paths)
        => !Directory.Exists(paths.State) ? [] : [.. Directory.GetDirectories(paths.State).Order(StringComparer.Ordinal).Select(Read).OfType<LabState>()];

    /// <summary>" --name NAME" while several labs run, for commands that a person is told; else empty.</summary>
    public static string NameOption(LabPaths paths, string name) => All(paths).Count(s => s.IsAlive) > 1 ? " --name " + name : "";

    /// <summary>The state in <paramref name="directory"/>, or null when there is none that can be read.</summary>
    public static LabState? Read(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(directory, FileName)), LabStateJson.Default.LabState);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the state whole.</summary>
    public void Write(string directory)
    {
        var temporary = Path.Combine(directory, FileName + ".new");
        var owner = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using (var file = new FileStream(temporary, owner))
            JsonSerializer.Serialize(file, this, LabStateJson.Default.LabState);
        File.Move(temporary, Path.Combine(directory, FileName), overwrite: true);
    }
}
