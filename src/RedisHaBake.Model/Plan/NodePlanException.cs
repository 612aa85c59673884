namespace RedisHaBake.Model.Plan;

/// <summary>A plan that this program must not act on; the message says what, where and what to do.</summary>
public sealed class NodePlanException : Exception
{
    /// <summary>A plan that cannot be used, for the reason in <paramref name="message"/>.</summary>
    public NodePlanException(string message)
        : base(message)
    {
    }

    /// <summary>A plan that cannot be used, for the reason in <paramref name="message"/>, found by <paramref name="inner"/>.</summary>
    public NodePlanException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
