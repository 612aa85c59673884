using System.Text.Json.Nodes;
using RedisHaBake.Model.Spec.Problems;

namespace RedisHaBake.Cli.Output;

/// <summary>Problems for programs.</summary>
internal static class ProblemJson
{
    public static JsonArray Write(Generation generation) => new([.. Terminal.InOrder(generation).Select(p => (JsonNode)new JsonObject
    {
        ["code"] = p.Code,
        ["severity"] = p.Severity == Severity.Error ? "error" : "warning",
        ["file"] = generation.Sources[p.File].Name,
        ["line"] = p.Span!.Value.Line,
        ["column"] = p.Span!.Value.Column,
        ["length"] = p.Span!.Value.Length,
        ["path"] = p.Path.Parent is null ? "" : p.Path.ToString(),
        ["title"] = p.Title,
        ["expected"] = p.Expected,
        ["action"] = p.Action,
    })]);

    public static JsonArray Notes(Generation generation) => new([.. generation.Notes.Select(n => (JsonNode)new JsonObject { ["path"] = n.Path.ToString(), ["text"] = n.Text })]);
}
