using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RedisHaBake.Model.Plan;

/// <summary>
/// Compares a document with the contract's types, member by member, before it is read, so that a refusal names the member in words: the
/// framework's own messages speak of .NET types, and in a trimmed program they are resource keys.
/// </summary>
internal static class NodePlanShape
{
    /// <summary>Throws at the first member that is unknown, twice, missing, null or of another type.</summary>
    /// <exception cref="NodePlanException">Names the member.</exception>
    public static void Throw(JsonElement element, JsonTypeInfo type, string path)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                Require(element, JsonValueKind.Object, path, "an object");
                Members(element, type, path);
                break;
            case JsonTypeInfoKind.Enumerable:
                Require(element, JsonValueKind.Array, path, "a list");
                for (var i = 0; i < element.GetArrayLength(); i++)
                    Throw(element[i], Info(type, type.ElementType!), $"{path}[{i}]");
                break;
            case JsonTypeInfoKind.Dictionary:
                Require(element, JsonValueKind.Object, path, "an object");
                var keys = new HashSet<string>();
                foreach (var entry in element.EnumerateObject())
                {
                    if (!keys.Add(entry.Name))
                        Refuse($"has \"{Inside(path, entry.Name)}\" twice; expected it once");
                    Throw(entry.Value, Info(type, type.ElementType!), Inside(path, entry.Name));
                }

                break;
            default:
                Value(element, type, path);
                break;
        }
    }

    private static void Members(JsonElement element, JsonTypeInfo type, string path)
    {
        // A computed member is none of the contract's.
        var contract = type.Properties.Where(p => p.AssociatedParameter is not null).ToList();
        var seen = new HashSet<string>();
        foreach (var member in element.EnumerateObject())
        {
            var at = Inside(path, member.Name);
            if (contract.Find(p => p.Name == member.Name) is not { } known)
                Refuse($"has a member \"{at}\" that this program does not know; expected {string.Join(", ", contract.Select(p => p.Name))}");
            else if (!seen.Add(member.Name))
                Refuse($"has \"{at}\" twice; expected it once");
            else
                Throw(member.Value, Info(type, known.PropertyType), at);
        }

        if (contract.Find(p => !seen.Contains(p.Name)) is { } missing)
            Refuse($"has no \"{Inside(path, missing.Name)}\"; expected one");
    }

    private static void Value(JsonElement element, JsonTypeInfo type, string path)
    {
        var (fits, expected) = type.Type switch
        {
            var t when t == typeof(string) => (element.ValueKind == JsonValueKind.String, "a text"),
            var t when t == typeof(bool) => (element.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false"),
            var t when t == typeof(int) => (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out _), "a whole number"),
            var t when t == typeof(long) => (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out _), "a whole number"),
            _ => (IsWord(element, type), "a word that this program knows"),
        };
        if (!fits)
            Refuse($"has {Found(element)} as \"{path}\"; expected {expected}");
    }

    private static bool IsWord(JsonElement element, JsonTypeInfo type)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String && element.Deserialize(type) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Require(JsonElement element, JsonValueKind kind, string path, string expected)
    {
        if (element.ValueKind != kind)
            Refuse($"{(path.Length == 0 ? "is " + Found(element) : $"has {Found(element)} as \"{path}\"")}; expected {expected}");
    }

    // A value is never shown whole: a plan holds passwords.
    private static string Found(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => "true or false",
    };

    private static string Inside(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    private static JsonTypeInfo Info(JsonTypeInfo outer, Type type) => outer.Options.GetTypeInfo(type);

    private static void Refuse(string what) => throw new NodePlanException($"the plan {what}; generate the user-data again");
}
