using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Page;

/// <summary>
/// The cluster as a drawing: where clients go in, and one line per program that runs on several VMs. Drawn twice, VMs side by side and
/// one below the other, since the first cannot be read on a phone.
/// </summary>
internal static class Picture
{
    /// <summary>Both drawings; the style sheet shows one.</summary>
    public static Html Of(ClusterSpec spec, LateFields late)
    {
        var entrances = Entrance.Of(spec, late);
        return Html.Of($"{new WidePicture(spec, late, entrances).Draw()}{new NarrowPicture(spec, late, entrances).Draw()}");
    }

    /// <summary>A name that fits, its end too, by which names like to differ; the whole one is its tooltip.</summary>
    public static Html Name(string name, int room)
        => name.Length <= room ? Html.Of($"{name}") : Html.Of($"<title>{name}</title>{name[..(room - 6)]}…{name[^5..]}");

    /// <summary>The drawing in words, for who cannot see it.</summary>
    public static string InWords(ClusterSpec spec)
    {
        var nodes = spec.Nodes.Select(n => $"{n.Name} runs {string.Join(", ", n.Roles.Select(r => Title(spec, r)))}{(n.Name == spec.InitialMaster ? " and is the first master" : "")}");
        return $"{string.Join("; ", nodes)}. The table below says who talks to whom.";
    }

    /// <summary>A role as people call the program.</summary>
    public static string Title(ClusterSpec spec, NodeRole role) => role switch
    {
        NodeRole.Redis => spec.Engine.Kind == EngineKind.Valkey ? "Valkey" : "Redis",
        NodeRole.Sentinel => "Sentinel",
        _ => "HAProxy",
    };

    /// <summary>A station on a program's line.</summary>
    public static Html Station(int x, int y, bool first)
        => Html.Of($"<circle class=\"{(first ? "station first" : "station")}\" cx=\"{x}\" cy=\"{y}\" r=\"8\"/>");

    /// <summary>A straight line.</summary>
    public static Html Line(string kind, int x1, int y1, int x2, int y2)
        => Html.Of($"<path class=\"{kind}\" d=\"M{x1} {y1}L{x2} {y2}\"/>");

    /// <summary>The head of an arrow that points down, or to the right, at a place.</summary>
    public static Html Head(int x, int y, bool down)
        => down ? Html.Of($"<path class=\"head\" d=\"M{x - 5} {y - 8}L{x} {y}L{x + 5} {y - 8}z\"/>") : Html.Of($"<path class=\"head\" d=\"M{x - 8} {y - 5}L{x} {y}L{x - 8} {y + 5}z\"/>");
}
