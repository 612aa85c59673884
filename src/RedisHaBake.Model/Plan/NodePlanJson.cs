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
        RefuseNewerSchema(json);
        NodePlan plan;
        try
        {
            plan = JsonSerializer.Deserialize(json, NodePlanJsonContext.Default.NodePlan)
                ?? throw new NodePlanException("the plan is null; expected an object; generate the user-data again");
        }
        catch (JsonException e)
        {
            throw new NodePlanException($"the plan is not valid at {e.Path ?? "$"}: {e.Message}; generate the user-data again", e);
        }

        NodePlanCheck.Throw(plan);
        return plan;
    }

    private static void RefuseNewerSchema(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("schema", out var schema)
                || !schema.TryGetInt32(out var number))
                throw new NodePlanException("the plan has no whole number \"schema\"; expected 1; generate the user-data again");
            if (number != NodePlan.CurrentSchema)
            {
                throw new NodePlanException(
                    $"the plan's \"schema\" is {number}, this agent reads {NodePlan.CurrentSchema}; install the redishabake-agent that belongs to the generator, or generate with the older one");
            }
        }
        catch (JsonException e)
        {
            throw new NodePlanException($"the plan is not JSON: {e.Message}; generate the user-data again", e);
        }
        catch (InvalidOperationException e)
        {
            throw new NodePlanException("the plan has no whole number \"schema\"; expected 1; generate the user-data again", e);
        }
    }
}
