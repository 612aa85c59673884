namespace RedisHaBake.Lab.Drills;

/// <summary>A fault, put into a running cluster while clients write, and what the cluster must reach then.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="What">What happens.</param>
/// <param name="Bound">What must be reached.</param>
/// <param name="PlayAsync">Makes it happen, from the fault to its end.</param>
public sealed record Drill(string Name, string What, Bound Bound, Func<Scene, Task> PlayAsync)
{
    /// <summary>What must be so before the clients begin.</summary>
    public Func<Scene, Task> PrepareAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>Undoes what <see cref="PrepareAsync"/> did, after the last run.</summary>
    public Func<Scene, Task> TidyAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>Whether it is one of the six that a cluster must survive before anything else is asked of it.</summary>
    public bool Basic { get; init; }

    /// <summary>Every drill, in the order in which they are run.</summary>
    public static IReadOnlyList<Drill> All { get; } =
    [
        new("switchover", "an operator hands the master's role over", Bound.Within(0.3), Plays.SwitchoverAsync),
        new("stop", "the master's Redis is stopped, and started again after a while", Bound.Within(0.3) with { HealGap = Bound.Moment }, Plays.StopAsync) { Basic = true },
        new("kill", "the master's Redis is killed (SIGKILL)", Bound.Within(0.4), Plays.KillAsync) { Basic = true },
        new("hang", "the master's Redis hangs for 10 s (SIGSTOP), then runs on", Bound.Noticed with { HealGap = Bound.Moment }, Plays.HangAsync) { Basic = true },
        new("power-off", "the node with the master, the write address and its HAProxy loses power, and comes back", Bound.Noticed with { InFlight = Bound.Moment, HealGap = Bound.Moment }, Plays.PowerOffAsync)
        {
            Basic = true,
            PrepareAsync = Plays.MasterToTheWriteAddressAsync,
        },
        new("recreate-master", "the master's machine is deleted and a blank one made of the same text, at once", Bound.Noticed with { InFlight = TimeSpan.FromSeconds(1) }, Plays.RecreateMasterAsync) { Basic = true },
        new("cut", "the master's node is cut off for 20 s, without a word to anybody", Bound.Noticed with { InFlight = Bound.Moment, HealGap = Bound.Moment, CutsOff = true }, Plays.CutAsync) { Basic = true },
        new("recreate-replica", "a replica's machine is deleted and a blank one made of the same text", Bound.Noticed, Plays.RecreateReplicaAsync),
        new("reboot", "the master's node reboots", Bound.Within(0.3), Plays.RebootAsync),
        new("rolling-reboot", "every node reboots, one after the other", Bound.Within(0.5), Plays.RollingRebootAsync),
        new("all-off", "every node loses power at once, and comes back", new(null) { InFlight = TimeSpan.FromSeconds(1) }, Plays.AllOffAsync),
        new("kill-1gb", "the master's Redis is killed with 1 GB of data in it", Bound.Within(1.0), Plays.KillAsync) { PrepareAsync = Cargo.LoadAsync, TidyAsync = Cargo.UnloadAsync },
    ];

    /// <summary>The drill called <paramref name="name"/>.</summary>
    /// <exception cref="LabException">There is none.</exception>
    public static Drill Of(string name) => All.FirstOrDefault(d => d.Name == name)
        ?? throw new LabException($"no drill \"{name}\"; expected one of {string.Join(", ", All.Select(d => d.Name))}");
}
