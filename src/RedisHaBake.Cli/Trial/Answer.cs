namespace RedisHaBake.Cli.Trial;

/// <summary>What a program said of a text.</summary>
/// <param name="Accepted">Whether it would start on it.</param>
/// <param name="Words">All that it said, the text's path being that of <see cref="File"/>.</param>
/// <param name="Obstacle">Why it could not be asked; null where it was.</param>
public sealed record Answer(bool Accepted, string Words, string? Obstacle = null)
{
    /// <summary>What the text is called in <see cref="Words"/>.</summary>
    public const string File = "/text";
}
