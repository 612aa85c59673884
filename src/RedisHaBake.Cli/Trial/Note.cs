using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli.Trial;

/// <summary>What a person should know about a value that is neither wrong nor doubtful.</summary>
/// <param name="Path">The value.</param>
/// <param name="Text">One sentence.</param>
public sealed record Note(SpecPath Path, string Text);
