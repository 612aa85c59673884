namespace RedisHaBake.Agent.Join;

/// <summary>What this node does next about who is master; each carries the sentence for the journal, with the facts it rests on.</summary>
/// <param name="Sentence">For a person at 3 a.m.</param>
public abstract record Decision(string Sentence)
{
    /// <summary>Become (or stay) a replica of <paramref name="Address"/>.</summary>
    public sealed record Follow(string Address, string Sentence) : Decision(Sentence);

    /// <summary>Make the blank cluster: this node becomes its first master.</summary>
    public sealed record Bootstrap(string Sentence) : Decision(Sentence);

    /// <summary>This node is named and its Redis ended: ask Sentinel to promote a fit replica.</summary>
    public sealed record AskFailover(string Sentence) : Decision(Sentence);

    /// <summary>This node is named, nobody else can be, and its data is whole: it becomes master again.</summary>
    public sealed record RaiseInPlace(string Sentence) : Decision(Sentence);

    /// <summary>The Sentinels lost their state while the data nodes kept theirs: tell them who is master.</summary>
    public sealed record TellSentinels(string Address, string Sentence) : Decision(Sentence);

    /// <summary>Nothing that is safe can be done; the sentence says what would settle it.</summary>
    public sealed record Wait(string Sentence) : Decision(Sentence);

    /// <summary>This node is the named master, or it has no Redis and its Sentinel names the master: nothing is left to do.</summary>
    public sealed record Settled(string Sentence) : Decision(Sentence);
}
