namespace RedisHaBake.Cli.Page;

/// <summary>What a part of a text is.</summary>
internal enum TextPieceKind
{
    /// <summary>Anybody may see it.</summary>
    Plain,

    /// <summary>A password or a password's hash: hidden until asked for.</summary>
    Secret,

    /// <summary>The other nodes' addresses as far as they are known: the plan's member of that name.</summary>
    Known,

    /// <summary>The write or the read address.</summary>
    Extra,
}
