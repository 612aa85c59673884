using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>A password: like a text, but no problem ever shows it.</summary>
/// <param name="expected">In words.</param>
/// <param name="pattern">What it matches.</param>
/// <param name="otherwise">What to do where no such text can be written by hand.</param>
internal sealed class SecretKind(string expected, Regex pattern, string otherwise = "remove the line to have one made") : Kind<string>
{
    /// <inheritdoc/>
    public override string Expected => expected;

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "string" };

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, SpecPath path, ProblemList problems, out string value)
    {
        value = (node as ScalarNode)?.Text ?? "";
        if (node is ScalarNode { IsNothing: false } && pattern.IsMatch(value))
            return true;
        problems.Add(
            "E601",
            path,
            node is ScalarNode ? $"`{path}` is {(value.Length == 0 ? "empty" : "not a password that can be used")}" : $"`{path}` is {node.Found}",
            "expected " + expected,
            $"write `{path.Key}` as {expected}, or {otherwise}",
            node.Span);
        return false;
    }
}
