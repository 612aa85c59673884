using System.Text.Json.Nodes;
using RedisHaBake.Model.Spec.Shape;

namespace RedisHaBake.Cli.Tests;

/// <summary>A place of a file where a person may write a text: a value, an item of a list, a key of a table, or where a mapping or a list belongs.</summary>
/// <param name="Path">As problems write it.</param>
/// <param name="Steps">Keys and indices from the root.</param>
/// <param name="IsKey">Whether the last step itself is the text.</param>
/// <param name="IsText">Whether the reader keeps the text as it is; else it is a number, a time or the like.</param>
internal sealed record TextSlot(string Path, IReadOnlyList<object> Steps, bool IsKey, bool IsText)
{
    /// <summary>Every place of <paramref name="section"/>, by the table that the reader itself goes by; the table's keys are those of <paramref name="example"/>.</summary>
    public static IEnumerable<TextSlot> Of(Section section, JsonNode example) => Of(section, example, "", []);

    /// <summary>The file of <paramref name="example"/> with <paramref name="text"/> at this place.</summary>
    public JsonNode Put(JsonNode example, string text)
    {
        var root = example.DeepClone();
        var parent = root;
        foreach (var step in Steps.SkipLast(1))
            parent = step is int i ? parent[i]! : parent[(string)step]!;
        if (Steps[^1] is int index)
        {
            parent[index] = text;
        }
        else if (!IsKey)
        {
            parent[(string)Steps[^1]] = text;
        }
        else
        {
            var value = parent[(string)Steps[^1]]!.DeepClone();
            parent.AsObject().Remove((string)Steps[^1]);
            parent[text] = value;
        }

        return root;
    }

    private static IEnumerable<TextSlot> Of(Section section, JsonNode example, string prefix, IReadOnlyList<object> steps)
    {
        foreach (var field in section.Fields)
        {
            var path = prefix + field.Name;
            IReadOnlyList<object> here = [.. steps, field.Name];
            var value = example[field.Name] ?? throw new InvalidOperationException($"the example has no {path}: give the new key a harmless value there");
            switch (field.Kind)
            {
                case Section inner:
                    yield return new(path, here, IsKey: false, IsText: false);
                    foreach (var slot in Of(inner, value, path + ".", here))
                        yield return slot;
                    break;
                case ListKind<Model.Spec.Shape.View> { Item: Section item }:
                    yield return new(path, here, IsKey: false, IsText: false);
                    yield return new(path + "[0]", [.. here, 0], IsKey: false, IsText: false);
                    foreach (var slot in Of(item, value[0]!, path + "[0].", [.. here, 0]))
                        yield return slot;
                    break;
                case TableKind:
                    yield return new(path, here, IsKey: false, IsText: false);
                    var key = value.AsObject().First().Key;
                    yield return new(path, [.. here, key], IsKey: true, IsText: true);
                    yield return new($"{path}.{(key.Contains('.') ? $"\"{key}\"" : key)}", [.. here, key], IsKey: false, IsText: true);
                    break;
                default:
                    var items = (value as JsonArray)?.Count ?? 0;
                    yield return new(path, here, IsKey: false, field is Field<string> || field.Kind is ListKind<string> { TakesOne: true });
                    for (var i = 0; i < items; i++)
                        yield return new($"{path}[{i}]", [.. here, i], IsKey: false, field is Field<IReadOnlyList<string>>);
                    break;
            }
        }
    }
}
