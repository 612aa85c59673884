namespace RedisHaBake.Model.Spec.Problems;

/// <summary>The file that a problem stands in.</summary>
public enum SourceFile
{
    /// <summary>cluster.yaml.</summary>
    Spec,

    /// <summary>cluster.secrets.yaml.</summary>
    Secrets,

    /// <summary>The words given beside them, an option a line.</summary>
    CommandLine,
}
