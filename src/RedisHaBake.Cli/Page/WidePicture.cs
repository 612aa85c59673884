using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Page;

/// <summary>VMs side by side. Lengths are in the drawing's own units, about a pixel each.</summary>
internal sealed class WidePicture(ClusterSpec spec, LateFields late, IReadOnlyList<Entrance> entrances)
{
    private const int Column = 176;
    private const int Gap = 16;
    private const int Labels = 140;
    private const int Cards = 164;
    private const int CardHeight = 212;
    private const int Bus = Cards - 22;
    private const int Pill = 196;

    private static readonly NodeRole[] Rows = [NodeRole.Haproxy, NodeRole.Redis, NodeRole.Sentinel];

    private int Width => Labels + (spec.Nodes.Count * (Column + Gap));

    private int Middle => Labels + ((Width - Labels - Gap) / 2);

    public Html Draw() => Html.Of($"""
        <svg class="picture wide{(spec.Nodes.Count > 3 ? " many" : "")}" viewBox="0 0 {Width} {Cards + CardHeight + 4}" width="{Width * 5 / 6}" role="img" aria-labelledby="wide-title wide-words">
        <title id="wide-title">The cluster {spec.Name}</title><desc id="wide-words">{Picture.InWords(spec)}</desc>
        {Clients()}{Html.Join(spec.Nodes.Select(Card))}{Html.Join(Rows.Select(Row))}
        </svg>
        """);

    private Html Clients()
    {
        var drops = entrances.SelectMany(e => e.Nodes).Distinct().Select(Center).ToList();
        var pills = entrances.Select((e, i) => Middle + (((2 * i) - entrances.Count + 1) * (Pill + 24) / 2)).ToList();
        return Html.Of($"""
            <rect class="app" x="{Middle - 90}" y="1" width="180" height="36" rx="18"/><text class="middle strong" x="{Middle}" y="24">Your application</text>
            {Html.Join(pills.Select(x => Html.Of($"{Picture.Line("way", x == Middle ? x : Middle + ((x - Middle) / 4), 37, x, 70)}{Picture.Line("way", x, 114, x, Bus)}")))}
            {Picture.Line("way", drops.Concat(pills).Min(), Bus, drops.Concat(pills).Max(), Bus)}
            {Html.Join(drops.Select(x => Html.Of($"{Picture.Line("way", x, Bus, x, Cards - 7)}{Picture.Head(x, Cards, down: true)}")))}
            {Html.Join(entrances.Select((e, i) => Html.Of($"""
                <rect class="pill" x="{pills[i] - (Pill / 2)}" y="70" width="{Pill}" height="44" rx="10"/><text class="middle small" x="{pills[i]}" y="87">{e.Title}</text><text class="middle mono" x="{pills[i]}" y="105">{e.Where}</text>
                """)))}
            """);
    }

    private Html Card(NodeSpec node) => Html.Of($"""
        <rect class="card" x="{Center(node.Name) - (Column / 2)}" y="{Cards}" width="{Column}" height="{CardHeight}" rx="12"/>
        <text class="middle strong" x="{Center(node.Name)}" y="{Cards + 27}">{Picture.Name(node.Name, 18)}</text><text class="middle mono small" x="{Center(node.Name)}" y="{Cards + 47}">{late.Drawn(node.Name, node.Address, "not known yet")}</text>
        """);

    private Html Row(NodeRole role, int index)
    {
        var y = Cards + 82 + (index * 48);
        var stops = spec.Nodes.Where(n => n.Roles.Contains(role)).ToList();
        if (stops.Count == 0)
            return Html.None;
        var centers = stops.Select(n => Center(n.Name)).ToList();
        var master = Center(spec.InitialMaster);
        var leads = role == NodeRole.Haproxy;
        var ends = leads ? centers.Append(master).ToList() : centers;
        return Html.Of($"""
            <text class="strong" x="0" y="{y - 1}">{Picture.Title(spec, role)}</text><text class="small quiet" x="0" y="{y + 16}">{Purpose(role)}</text>
            {Picture.Line(leads ? "rail way" : "rail", ends.Min(), y, ends.Max(), y)}{(leads ? Picture.Line("rail way", master, y, master, y + 48) : Html.None)}
            {Html.Join(stops.Select(n => Picture.Station(Center(n.Name), y, role == NodeRole.Redis && n.Name == spec.InitialMaster)))}
            {(role == NodeRole.Redis ? Html.Join(stops.Select(n => Html.Of($"<text class=\"middle small\" x=\"{Center(n.Name)}\" y=\"{y + 25}\">{(n.Name == spec.InitialMaster ? "first master" : "replica")}</text>"))) : Html.None)}
            """);
    }

    private static string Purpose(NodeRole role) => role switch
    {
        NodeRole.Haproxy => "leads to the master",
        NodeRole.Redis => "holds the data",
        _ => "agrees on a master",
    };

    private int Center(string node) => Labels + (Column / 2) + (spec.Nodes.TakeWhile(n => n.Name != node).Count() * (Column + Gap));
}
