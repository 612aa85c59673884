namespace RedisHaBake.Cli.Portal;

/// <summary>What a part of a text is.</summary>
internal enum TextPieceKind
{
    /// <summary>Anybody may see it.</summary>
    Plain,

    /// <summary>A password or a password's hash: hidden until asked for.</summary>
    Secret,

    /// <summary>An address that the page's reader types.</summary>
    Late,
}
