using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Join;

/// <summary>Says each turn of the join once: in the journal, and in the state file that <c>status</c> and the boot sequence read.</summary>
public sealed class JoinTeller(AgentContext agent)
{
    private string _last = "";
    private JoinPhase? _lastPhase;
    private string _lastDetail = "";

    /// <summary>Whether this node made the cluster in this join.</summary>
    public bool Bootstrapped { get; set; }

    /// <summary>Says <paramref name="sentence"/>, unless it was the last one said; the state file follows the phase too.</summary>
    public void Say(JoinPhase phase, string sentence, Severity severity = Severity.Info)
    {
        if (sentence == _last && phase == _lastPhase)
            return;
        if (sentence != _last)
            agent.Journal.Say(severity, "join: " + sentence, ("JOIN", phase.ToString()), (Field.Cluster, agent.Plan.Cluster), (Field.Node, agent.Plan.Node));
        (_last, _lastPhase, _lastDetail) = (sentence, phase, "");
        new JoinState(phase, sentence, agent.Clock.GetUtcNow(), Bootstrapped).Write(agent.Root);
    }

    /// <summary>Says how far it came with the last sentence, in the journal alone, unless that was said already.</summary>
    public void SayDetail(string detail)
    {
        if (detail == _lastDetail)
            return;
        _lastDetail = detail;
        agent.Journal.Say(Severity.Notice, "join: " + detail, (Field.Cluster, agent.Plan.Cluster), (Field.Node, agent.Plan.Node));
    }
}
