using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;
using RedisHaBake.Resp;

namespace RedisHaBake.Lab.Drills;

/// <summary>Runs drills on a running lab, one run after the other; each begins and ends with a whole cluster.</summary>
/// <param name="lab">The lab.</param>
/// <param name="withoutDaemon">Whether the agent's service is killed on every node just before the fault.</param>
/// <param name="say">Told what happens.</param>
public sealed class DrillRunner(RunningLab lab, bool withoutDaemon, Action<string> say)
{
    private const string Daemon = "redishabake-agent.service";
    private const int SigKill = 9;

    // Long enough for machines that boot meanwhile; a cluster that is whole takes a second.
    private static readonly TimeSpan _before = TimeSpan.FromMinutes(4);

    /// <summary>How the lab's cluster fails over.</summary>
    /// <exception cref="LabException">The lab does not say.</exception>
    public LabFailover Failover => lab.Plan.Failover
        ?? throw new LabException($"the lab {lab.Plan.Name} was made by an older redishabake, or has no Redis; take it down and boot it anew: redishabake lab down --name {lab.Plan.Name}");

    /// <summary>Runs a drill once.</summary>
    /// <exception cref="LabException">The cluster was not whole before, or the fault could not be injected.</exception>
    public async Task<DrillRun> RunAsync(Drill drill, CancellationToken ct)
    {
        _ = Failover;
        var master = await WholeAsync(ct);
        await drill.PrepareAsync(new Scene(lab, master, say, ct));
        master = await WholeAsync(ct);
        var scene = new Scene(lab, master, say, ct);
        var recorder = await Recorder.StartAsync(lab, RecordingOptions.Default);
        History history;
        Wholly end;
        try
        {
            scene.Record(recorder);
            await scene.HoldAsync(1);
            if (withoutDaemon)
                await KillDaemonsAsync();
            await drill.PlayAsync(scene);
            say("waiting until every node is in the cluster");
            var since = recorder.Elapsed;
            end = await Wholeness.AwaitAsync(lab, scene.Failed, Judge.Wait - (since - scene.GoneAt), ct);
            end = end with { Back = end.Back + (since - scene.GoneAt) };
            await scene.HoldAsync(1);
        }
        catch
        {
            await HealAsync(scene);
            throw;
        }
        finally
        {
            history = await recorder.StopAsync();
        }

        return Judge.Check(drill.Bound, new(master, scene.Failed, scene.FaultAt, scene.GoneAt), history, await ReadBackAsync(recorder), end);
    }

    /// <summary>Undoes what a drill left in the cluster for its next run.</summary>
    public async Task TidyAsync(Drill drill, CancellationToken ct) => await drill.TidyAsync(new Scene(lab, "", say, ct));

    private async Task<string> WholeAsync(CancellationToken ct)
    {
        var whole = await Wholeness.AwaitAsync(lab, [], _before, ct);
        return whole.Whole ? whole.Master : throw new LabException($"a drill needs a whole cluster, found {whole.Found}; look at: redishabake lab status{lab.NameOption}");
    }

    private static async Task<ReadBack?> ReadBackAsync(Recorder recorder)
    {
        ReadBack? found = null;
        try
        {
            found = await recorder.ReadBackAsync(TimeSpan.FromSeconds(30));
            await recorder.ForgetAsync(found);
        }
        catch (Exception e) when (e is LabException or RespUnreachableException or RespException)
        {
            // A cluster that does not answer any more; the run says so. Keys that stay do no harm to the next one.
        }

        return found;
    }

    private async Task KillDaemonsAsync()
    {
        say("the agent's daemon is killed on every node");
        await Task.WhenAll(lab.Machines.Select(m => m.SignalAsync(Daemon, SigKill)));
    }

    // Given up in the middle: whoever has the lab gets its machines back as they were.
    private async Task HealAsync(Scene scene)
    {
        foreach (var node in scene.Failed)
        {
            try
            {
                await Fault.HealAsync(lab, lab[node]);
            }
            catch (LabException e)
            {
                say($"{node} could not be healed: {e.Message}");
            }
        }
    }
}
