using System.Text.Encodings.Web;
using System.Text.Json;

namespace RedisHaBake.Model.Plan;

/// <summary>Writes a <see cref="NodePlan"/> as byte-stable JSON and reads it back strictly.</summary>
public static class NodePlanJson
{
    private const string Known = "known";

    // Relaxed: a plan stands in a file, never in HTML, and "+@all" reads better than "\u002B@all".
    private static readonly NodePlanJsonContext Relaxed = new(new JsonSerializerOptions(NodePlanJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The plan as ASCII JSON, one member a line, with a final line end.</summary>
    public static string Write(NodePlan plan)
    {
        var document = JsonSerializer.SerializeToNode(plan, Relaxed.NodePlan)!.AsObject();
        if (!plan.IsLate)
            document.Remove(Known);
        return NodePlanLines.Lay(document.ToJsonString(Relaxed.Options));
    }

    /// <summary>
    /// Reads a plan. Unknown, duplicate, missing and null members, other types and newer schemas are errors.
    /// </summary>
    /// <exception cref="NodePlanException">Says which member, what was expected and what to do.</exception>
    public static NodePlan Read(string json)
    {
        using var written = Parse(json);
        var schema = Schema(written.RootElement);
        using var document = schema < NodePlan.LateSchema ? WithKnown(written.RootElement) : Parse(json);
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

    private static int Schema(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("schema", out var schema)
            || schema.ValueKind != JsonValueKind.Number
            || !schema.TryGetInt32(out var number))
            throw new NodePlanException("the plan has no whole number \"schema\"; expected 1 or 2; generate the user-data again");
        if (number is < NodePlan.CurrentSchema or > NodePlan.LateSchema)
        {
            throw new NodePlanException(
                $"the plan's \"schema\" is {number}, this agent reads {NodePlan.CurrentSchema} and {NodePlan.LateSchema}; install the redishabake-agent that belongs to the generator, or generate with the older one");
        }

        return number;
    }

    // Schema 1 has no such member, and one that says so all the same is refused as before.
    private static JsonDocument WithKnown(JsonElement root)
    {
        if (root.TryGetProperty(Known, out _))
            throw new NodePlanException($"the plan has a member \"{Known}\", which schema 1 does not know; generate the user-data again");
        var text = root.GetRawText();
        return JsonDocument.Parse($"{text[..text.LastIndexOf('}')].TrimEnd()}, \"{Known}\": {{}}}}");
    }
}
