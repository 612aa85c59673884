using System.Text.Json.Nodes;
using RedisHaBake.Cli.Files;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Portal;

/// <summary>What the page's script works with.</summary>
internal static class PageData
{
    /// <summary>JSON that may stand inside a script element: .NET's default encoder leaves no angle bracket or ampersand in it.</summary>
    public static string Write(Generation generation, LateAddresses late) => new JsonObject
    {
        ["id"] = OutOwner.Of(generation).Id,
        ["limit"] = generation.Spec!.Provider.Limit,
        ["provider"] = generation.Spec!.Provider == Provider.Any ? "every provider" : generation.Spec!.Provider.Title,
        ["texts"] = new JsonObject(generation.Nodes.Select(n => KeyValuePair.Create(n.Node, (JsonNode?)Pieces(n)))),
    }.ToJsonString();

    // A part of its own is a text, a secret {"secret": …}.
    private static JsonArray Pieces(NodeTexts texts)
        => new([.. PastedText.Of(texts.Node, texts.UserData, [.. PastedText.Secrets(texts.Plan)]).Pieces.Select(p => p.Kind switch
        {
            TextPieceKind.Plain => (JsonNode)p.Text,
            _ => new JsonObject { ["secret"] = p.Text },
        })]);
}
