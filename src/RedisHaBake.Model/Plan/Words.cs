namespace RedisHaBake.Model.Plan;

/// <summary>The words that stand in a plan for a value that is not there (its members are never null).</summary>
public static class Words
{
    /// <summary>The agent finds the value on the machine: an address inside the CIDR, the interface that carries it.</summary>
    public const string Auto = "auto";

    /// <summary>There is no such thing in this cluster.</summary>
    public const string None = "none";
}
