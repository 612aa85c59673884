using RedisHaBake.Model.Engines;

namespace RedisHaBake.Lab.Machines;

/// <summary>A fault that the lab can put into a machine.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="What">What happens.</param>
/// <param name="InjectAsync">Makes it happen.</param>
public sealed record Fault(string Name, string What, Func<RunningLab, Machine, Task> InjectAsync)
{
    /// <summary>Every fault.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("stop-redis", "stops Redis's unit, as in the tutorial's failover test", (lab, machine) => SystemctlAsync(machine, "stop", Server(lab))),
        new("kill-redis", "kills Redis's process (SIGKILL)", (lab, machine) => ToRedis(lab, machine, SigKill)),
        new("hang", "halts Redis's process until healed (SIGSTOP)", (lab, machine) => ToRedis(lab, machine, SigStop)),
        new("power-off", "cuts the power; its disk stays, heal boots it again", (_, machine) => machine.PowerOffAsync()),
        new("cut", "loses every frame from and to the machine, silently, until healed", (_, machine) => machine.CutAsync()),
        new("unplug", "takes the carrier from the machine's link until healed", (_, machine) => machine.UnplugAsync()),
        new("reboot", "reboots it in good order", (_, machine) => SystemctlAsync(machine, "reboot")),
        new("recreate-blank", "deletes the machine and at once boots a blank one with the same text", (_, machine) => machine.RecreateBlankAsync()),
    ];

    private const int SigKill = 9;
    private const int SigStop = 19;
    private const int SigCont = 18;

    /// <summary>The fault called <paramref name="name"/>.</summary>
    /// <exception cref="LabException">There is none.</exception>
    public static Fault Of(string name) => All.FirstOrDefault(f => f.Name == name)
        ?? throw new LabException($"no fault \"{name}\"; expected one of {string.Join(", ", All.Select(f => f.Name))}");

    /// <summary>Undoes every fault of a machine: plugs it in, lets it run on, boots it, starts its Redis.</summary>
    public static async Task HealAsync(RunningLab lab, Machine machine)
    {
        if (!machine.IsOn)
        {
            await machine.UncutAsync();
            await machine.BootAsync();
            return;
        }

        await machine.PlugInAsync();
        await machine.UncutAsync();
        if (!await machine.SignalAsync(Server(lab), SigCont) && (await Readiness.OfAsync(machine)).IsReady)
            await SystemctlAsync(machine, "start", Server(lab));
    }

    private static string Server(RunningLab lab) => EngineLayout.For(lab.Plan.Engine).ServerUnit;

    private static async Task ToRedis(RunningLab lab, Machine machine, int signal)
    {
        if (!await machine.SignalAsync(Server(lab), signal))
            throw new LabException($"no Redis runs on {machine.Node.Name}; run: redishabake lab status{lab.NameOption}");
    }

    private static async Task SystemctlAsync(Machine machine, params string[] arguments)
    {
        var result = await machine.RunAsync(["systemctl", .. arguments]);
        if (result.ExitCode != 0)
            throw new LabException($"systemctl {string.Join(' ', arguments)} on {machine.Node.Name} ended with {result.ExitCode}: {result.Error.Trim()}");
    }
}
