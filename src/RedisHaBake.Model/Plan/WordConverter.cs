using System.Text.Json;
using System.Text.Json.Serialization;

namespace RedisHaBake.Model.Plan;

/// <summary>
/// An enum as words only: no integers, no other case. By a table of its own, since the framework's converter finds the words by reflection
/// and compiles itself anew for every enum at every start, which every hook around Redis would wait for.
/// </summary>
/// <typeparam name="T">The enum.</typeparam>
/// <param name="words">Every member's word.</param>
public abstract class WordConverter<T>(params (string Word, T Value)[] words) : JsonConverter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        foreach (var (word, value) in words)
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(word))
                return value;
        }

        throw new JsonException("expected one of " + string.Join(", ", words.Select(w => w.Word)));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        foreach (var (word, known) in words)
        {
            if (!known.Equals(value))
                continue;
            writer.WriteStringValue(word);
            return;
        }

        throw new JsonException($"{value} has no word");
    }
}
