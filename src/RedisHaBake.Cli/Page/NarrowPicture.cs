using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Page;

/// <summary>One VM below the other, for a narrow screen. Lengths are in the drawing's own units, about a pixel each.</summary>
internal sealed class NarrowPicture(ClusterSpec spec, LateFields late, IReadOnlyList<Entrance> entrances)
{
    private const int Width = 340;
    private const int CardLeft = 30;
    private const int CardHeight = 108;
    private const int Cards = 138;
    private const int Bus = 10;

    private static readonly (NodeRole Role, int X)[] Stops = [(NodeRole.Haproxy, 84), (NodeRole.Redis, 185), (NodeRole.Sentinel, 286)];

    public Html Draw() => Html.Of($"""
        <svg class="picture narrow" viewBox="0 0 {Width} {Top(spec.Nodes.Count)}" role="img" aria-labelledby="narrow-title narrow-words">
        <title id="narrow-title">The cluster {spec.Name}</title><desc id="narrow-words">{Picture.InWords(spec)}</desc>
        {Html.Join(Stops.Select(s => Rail(s.Role, s.X)))}{Clients()}{Html.Join(spec.Nodes.Select(Card))}
        </svg>
        """);

    private static int Top(int index) => Cards + (index * (CardHeight + 14));

    private Html Clients()
    {
        var width = (Width - ((entrances.Count - 1) * 10)) / entrances.Count;
        var targets = entrances.SelectMany(e => e.Nodes).Distinct().Select(n => Top(Index(n)) + 24).ToList();
        var lefts = entrances.Select((_, i) => i * (width + 10)).ToList();
        return Html.Of($"""
            <rect class="app" x="80" y="1" width="180" height="34" rx="17"/><text class="middle strong" x="170" y="23">Your application</text>
            {Html.Join(lefts.Select(x => Html.Of($"{Picture.Line("way", 170, 35, x + (width / 2), 58)}{Picture.Line("way", x + (width / 2), 102, x + (width / 2), 118)}")))}
            {Picture.Line("way", Bus, 118, lefts[^1] + (width / 2), 118)}{Picture.Line("way", Bus, 118, Bus, targets.Max())}
            {Html.Join(targets.Select(y => Html.Of($"{Picture.Line("way", Bus, y, CardLeft - 7, y)}{Picture.Head(CardLeft, y, down: false)}")))}
            {Html.Join(entrances.Select((e, i) => Html.Of($"""
                <rect class="pill" x="{lefts[i] + 1}" y="58" width="{width - 2}" height="44" rx="10"/><text class="middle small" x="{lefts[i] + (width / 2)}" y="75">{e.Title}</text><text class="middle mono small" x="{lefts[i] + (width / 2)}" y="93">{e.Where}</text>
                """)))}
            """);
    }

    private Html Card(NodeSpec node)
    {
        var top = Top(Index(node.Name));
        var master = node.Name == spec.InitialMaster;
        return Html.Of($"""
            <rect class="card" x="{CardLeft}" y="{top}" width="{Width - CardLeft - 1}" height="{CardHeight}" rx="12"/>
            <text class="strong" x="{CardLeft + 16}" y="{top + 29}">{Picture.Name(node.Name, 16)}</text><text class="end mono small" x="{Width - 16}" y="{top + 29}">{late.Drawn(node.Name, node.Address, "not known yet")}</text>
            {(master && node.Roles.Contains(NodeRole.Haproxy) ? Picture.Line("rail way", Stops[0].X, top + 58, Stops[1].X, top + 58) : Html.None)}
            {Html.Join(Stops.Where(s => node.Roles.Contains(s.Role)).Select(s => Html.Of($"""
                {Picture.Station(s.X, top + 58, master && s.Role == NodeRole.Redis)}<text class="middle small" x="{s.X}" y="{top + 86}">{(s.Role != NodeRole.Redis ? Picture.Title(spec, s.Role) : master ? "first master" : "replica")}</text>
                """)))}
            """);
    }

    // Seen between the cards only.
    private Html Rail(NodeRole role, int x)
    {
        var tops = spec.Nodes.Where(n => n.Roles.Contains(role)).Select(n => Top(Index(n.Name))).ToList();
        return tops.Count > 1 ? Picture.Line("rail", x, tops.Min() + 58, x, tops.Max() + 58) : Html.None;
    }

    private int Index(string node) => spec.Nodes.TakeWhile(n => n.Name != node).Count();
}
