using System.Text.Json.Nodes;
using RedisHaBake.Cli.Files;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Page;

/// <summary>What the page's script works with.</summary>
internal static class PageData
{
    /// <summary>JSON that may stand inside a script element: .NET's default encoder leaves no angle bracket or ampersand in it.</summary>
    public static string Write(Generation generation, LateFields late)
    {
        var spec = generation.Spec!;
        var texts = new PastedTexts(generation, late).All();
        return new JsonObject
        {
            ["id"] = OutOwner.Of(generation).Id,
            ["limit"] = spec.Provider.Limit,
            ["provider"] = spec.Provider == Provider.Any ? "every provider" : spec.Provider.Title,
            ["cidr"] = spec.Cidr,
            // Whether every text names a node that can tell of the others, whatever is typed.
            ["meets"] = spec.Nodes.Any(n => n.Address != Words.Auto && n.Roles is not [NodeRole.Haproxy]),
            // Without the address of the node through which it installs a text is of no use.
            ["lacking"] = new JsonObject(generation.Nodes.Where(n => AptProxy.Via(n.Plan) is { Address: Words.Auto }).Select(n => KeyValuePair.Create(n.Node, (JsonNode?)n.Plan.Egress.Via))),
            ["rules"] = late.All.Count > 0 ? new LateRules(generation, late).Write() : new JsonObject(),
            ["texts"] = new JsonObject(generation.Nodes.Select(n => KeyValuePair.Create(n.Node, (JsonNode?)new JsonArray([.. texts.Where(t => t.Node == n.Node).Select(Text)])))),
        }.ToJsonString();
    }

    private static JsonObject Text(PastedText text) => new()
    {
        ["given"] = text.Given is null ? null : Names(text.Given),
        ["parts"] = new JsonArray([.. text.Pieces.Select(Part)]),
    };

    private static JsonNode Part(TextPiece piece) => piece.Kind switch
    {
        TextPieceKind.Plain => piece.Text,
        TextPieceKind.Secret => new JsonObject { ["secret"] = piece.Text },
        TextPieceKind.Known => new JsonObject { ["known"] = Names(piece.Late) },
        _ => new JsonObject { ["extra"] = piece.Late[0], ["until"] = piece.Text },
    };

    private static JsonArray Names(IReadOnlyList<string> names) => new([.. names.Select(n => (JsonNode)n)]);
}
