using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Join;

/// <summary>Says each turn of the join once: in the journal, and in the state file that <c>status</c> and the boot sequence read.</summary>
public sealed class JoinTeller(AgentContext agent)
{
    private string _last = "";
    private JoinPhase? _lastPhase;
    private string _lastDetail = "";
    private JoinState? _unwritten;
    private string _refusal = "";

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
        _unwritten = new JoinState(phase, sentence, agent.Clock.GetUtcNow(), Bootstrapped);
        TryWrite();
    }

    /// <summary>
    /// Writes the state file where that could not be done before. A full /run must not keep the join from acting: what it said stands in
    /// the journal, and who reads the file waits.
    /// </summary>
    /// <returns>Whether the file says what was said last.</returns>
    public bool TryWrite()
    {
        try
        {
            _unwritten?.Write(agent.Root);
            (_unwritten, _refusal) = (null, "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (e.Message != _refusal)
                agent.Journal.Say(Severity.Warning, $"join: goes on, but cannot say so to status and the boot sequence: {e.Message}", (Field.Cluster, agent.Plan.Cluster), (Field.Node, agent.Plan.Node));
            _refusal = e.Message;
        }

        return _unwritten is null;
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
