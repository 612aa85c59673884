namespace RedisHaBake.Cli.Files;

/// <summary>What happens to a file of the output directory.</summary>
internal enum ChangeKind
{
    /// <summary>It has the right content.</summary>
    Same,

    /// <summary>It is not there.</summary>
    Create,

    /// <summary>It is as an earlier run left it.</summary>
    Update,

    /// <summary>It is neither what an earlier run wrote nor what this one would.</summary>
    Edited,

    /// <summary>Its node is gone from the spec, and nobody changed it.</summary>
    Remove,

    /// <summary>Its node is gone from the spec, but somebody changed it: it stays.</summary>
    Forget,
}
