using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>The JSON Schema of cluster.yaml.</summary>
public static class SpecSchema
{
    /// <summary>What the schema calls itself.</summary>
    public const string Title = "RedisHaBake cluster";

    /// <summary>The schema's text, with a final line end.</summary>
    public static string Json()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = Title,
        };
        var root = SpecFields.Root.Schema();
        foreach (var (name, value) in root.ToList())
        {
            root.Remove(name);
            schema[name] = value;
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            schema.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
