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

    /// <summary>One address alone: the write or the read address, or that of the node through which another installs.</summary>
    Extra,
}
