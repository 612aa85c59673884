namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>Counts the moments of a run (every sentence said, every call to the outside, before and after it), and ends the run at a chosen one.</summary>
internal sealed class PowerCut
{
    private int _at = int.MaxValue;

    public int Moments { get; private set; }

    /// <summary>Arms it: the next run ends at its n-th moment, as by a SIGKILL.</summary>
    public void After(int moment) => (Moments, _at) = (0, moment);

    public void Never() => (Moments, _at) = (0, int.MaxValue);

    public void Moment()
    {
        if (++Moments == _at)
            throw new PowerCutException();
    }
}
