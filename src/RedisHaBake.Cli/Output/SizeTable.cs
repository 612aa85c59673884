using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Output;

/// <summary>Each node's text against what providers take.</summary>
internal static class SizeTable
{
    /// <summary>For people: size and the room left, in bytes.</summary>
    public static string Text(IReadOnlyList<NodeTexts> nodes)
    {
        List<string[]> rows = [["node", "roles", "bytes", .. Provider.All.Select(p => p.Title)]];
        rows.AddRange(nodes.Select(n => (string[])[n.Node, Roles(n), Number(n.Size), .. Provider.All.Select(p => Room(p, n))]));
        var widths = rows[0].Select((_, i) => rows.Max(r => r[i].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
            text.Append(string.Join("  ", row.Select((cell, i) => i < 2 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))).Append('\n');
        return text.Append("(under each provider: bytes of user-data still free there)").ToString();
    }

    /// <summary>For programs.</summary>
    public static JsonArray Json(IReadOnlyList<NodeTexts> nodes) => new([.. nodes.Select(n => (JsonNode)new JsonObject
    {
        ["node"] = n.Node,
        ["roles"] = new JsonArray([.. n.Plan.Self.Roles.Select(r => JsonValue.Create(r.ToString().ToLowerInvariant()))]),
        ["bytes"] = n.Size,
        ["room"] = new JsonObject(Provider.All.Select(p => KeyValuePair.Create(p.Word, (JsonNode?)(p.Limit - n.Size)))),
    })]);

    private static string Roles(NodeTexts node) => string.Join('+', node.Plan.Self.Roles.Select(r => r.ToString().ToLowerInvariant()));

    private static string Room(Provider provider, NodeTexts node)
        => provider.Limit >= node.Size ? Number(provider.Limit - node.Size) : "too big by " + Number(node.Size - provider.Limit);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
