namespace RedisHaBake.Model.Spec.Problems;

/// <summary>How bad a problem is.</summary>
public enum Severity
{
    /// <summary>Nothing is generated.</summary>
    Error,

    /// <summary>It is said, and fails only with --strict.</summary>
    Warning,
}
