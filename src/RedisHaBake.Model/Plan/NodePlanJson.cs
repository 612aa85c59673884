using System.Text.Encodings.Web;
using System.Text.Json;

namespace RedisHaBake.Model.Plan;

/// <summary>Writes a <see cref="NodePlan"/> as byte-stable JSON and reads it back strictly.</summary>
public static class NodePlanJson
{
    // Relaxed: a plan stands in a file, never in HTML, and "+@all" reads better than "\u002B@all".
    private static readonly NodePlanJsonContext Relaxed = new(new JsonSerializerOptions(NodePlanJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The plan as ASCII JSON, one member a line, with a final line end.</summary>
    public static string Write(NodePlan plan) => NodePlanLines.Lay(JsonSerializer.Serialize(plan, Relaxed.NodePlan));

    /// <summary>
    /// Reads a plan. Unknown, duplicate, missing and null members, other types and newer schemas are errors.
    /// </summary>
    /// <exception cref="NodePlanException">Says which member, what was expected and what to do.</exception>
    public static NodePlan Read(string json)
    {
        using var document = Parse(json);
        RefuseNewerSchema(document.RootElement);
        NodePlan plan;
        try
        {
            NodePlanShape.Throw(document.RootElement, NodePlanJsonContext.Default.NodePlan, "");
            plan = document.Deserialize(NodePlanJsonContext.Default.NodePlan)!;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What the shape cannot see: half of a surrogate pair in a text.
            throw new NodePlanException("the plan has a text that is no Unicode; expected what the generator writes; generate the user-data again", e);
        }

        NodePlanCheck.Throw(plan);
        return plan;
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new NodePlanException($"the plan is not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}; expected what the generator writes; generate the user-data again", e);
        }
    }

    private static void RefuseNewerSchema(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("schema", out var schema)
            || schema.ValueKind != JsonValueKind.Number
            || !schema.TryGetInt32(out var number))
            throw new NodePlanException("the plan has no whole number \"schema\"; expected 1; generate the user-data again");
        if (number != NodePlan.CurrentSchema)
        {
            throw new NodePlanException(
                $"the plan's \"schema\" is {number}, this agent reads {NodePlan.CurrentSchema}; install the redishabake-agent that belongs to the generator, or generate with the older one");
        }
    }
}
