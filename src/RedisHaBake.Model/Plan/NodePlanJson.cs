using System.Text.Encodings.Web;
using System.Text.Json;

namespace RedisHaBake.Model.Plan;

/// <summary>Writes a <see cref="NodePlan"/> as byte-stable JSON and reads it back strictly.</summary>
public static class NodePlanJson
{
    private const string Known = "known";
    private const string Egress = "egress";

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
        if (!plan.HasEgress)
            document.Remove(Egress);
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
        using var document = Whole(written.RootElement, schema);
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
            throw new NodePlanException("the plan has no whole number \"schema\"; expected 1 to 4; generate the user-data again");
        if (number is < NodePlan.CurrentSchema or > NodePlan.NewestSchema)
        {
            throw new NodePlanException(
                $"the plan's \"schema\" is {number}, this agent reads {NodePlan.CurrentSchema} to {NodePlan.NewestSchema}; install the redishabake-agent that belongs to the generator, or generate with the older one");
        }

        return number;
    }

    // A schema has no more members than it needs, and one that stands there all the same is refused.
    private static JsonDocument Whole(JsonElement root, int schema)
    {
        var text = root.GetRawText();
        foreach (var (member, isThere, absent) in new[]
        {
            (Known, schema is NodePlan.LateSchema or NodePlan.LateEgressSchema, "{}"),
            (Egress, schema is NodePlan.EgressSchema or NodePlan.LateEgressSchema, $"{{\"via\": \"{Words.None}\", \"port\": 0}}"),
        })
        {
            if (isThere)
                continue;
            if (root.TryGetProperty(member, out _))
                throw new NodePlanException($"the plan has a member \"{member}\", which schema {schema} does not know; generate the user-data again");
            text = $"{text[..text.LastIndexOf('}')].TrimEnd()}, \"{member}\": {absent}}}";
        }

        return JsonDocument.Parse(text);
    }
}
