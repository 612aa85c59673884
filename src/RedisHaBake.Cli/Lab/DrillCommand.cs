using System.CommandLine;
using RedisHaBake.Cli.Output;
using RedisHaBake.Lab;
using RedisHaBake.Lab.Drills;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab drill.</summary>
internal static class DrillCommand
{
    public static Command Create()
    {
        var drills = new Argument<string[]>("drill")
        {
            Description = "Which; by default the six basic ones. " + string.Join("; ", Drill.All.Select(d => $"{d.Name}{(d.Basic ? "*" : "")}: {d.What}")) + ". (*: basic)",
            Arity = ArgumentArity.ZeroOrMore,
        };
        drills.TakesOneOf([.. Drill.All.Select(d => d.Name)]);
        var all = new Option<bool>("--all") { Description = "Every drill." };
        var runs = new Option<int>("--runs") { Description = "How often each is run.", DefaultValueFactory = _ => 1 };
        runs.TakesNumber(1, 1000);
        var spec = new Option<string>("--spec") { Description = "The cluster's spec, where a lab is booted for the drills.", DefaultValueFactory = _ => "cluster.yaml" };
        var name = LabOptions.Name();
        name.Description = "The lab: one that runs is used and left running, else one is booted and taken down; not needed while only one runs.";
        var output = LabOptions.Output();
        var withoutDaemon = new Option<bool>("--without-daemon") { Description = "Kill the agent's daemon on every node just before each fault (systemd brings it back)." };
        var journals = new Option<string>("--journals") { Description = "Directory for every run's journal, of all nodes by time; by default only those of failed runs are kept.", DefaultValueFactory = _ => "" };
        var keep = new Option<bool>("--keep") { Description = "Leave a lab that was booted for this running." };
        var machines = new VariantOptions();
        return machines.AddTo(new(
            "drill",
            "Break a running cluster in one way after the other while clients write; say what was lost and for how long nothing was acked, against the bound of each drill. "
            + "Exit 1 when an acked write was lost through the write address, a value was invented, or a node is not in the cluster 60 s after the fault is gone.")
        {
            drills, all, runs, spec, name, output, withoutDaemon, journals, keep,
        }).Do(async (result, ct) =>
        {
            LabRequirements.Check();
            var asked = result.GetValue(drills) ?? [];
            if (result.GetValue(all) && asked.Length > 0)
                throw new LabException("expected either names of drills or --all");
            IReadOnlyList<Drill> chosen = [.. Drill.All.Where(d => asked.Length > 0 ? asked.Contains(d.Name) : d.Basic || result.GetValue(all))];
            var terminal = Terminal.For(result);
            var given = result.GetResult(spec) is { Implicit: false } ? spec.Name : machines.Given(result);
            if (Running(result.GetValue(name)!, given) is { } running)
                return await RunAsync(running);

            await using var lab = await new LabBringUp(result.GetValue(spec)!, result.GetValue(name)!, result.GetValue(output)!, machines.Read(result), terminal).CreateAsync(ct);
            if (lab is null)
                return ExitCode.Fault;
            await new BootView().BootAsync(lab, lab.Machines, ct);
            if (result.GetValue(keep))
                lab.Stay();
            return await RunAsync(lab);

            Task<int> RunAsync(RunningLab lab) => new DrillSession(lab, chosen, result.GetValue(runs), result.GetValue(withoutDaemon), result.GetValue(journals)!, terminal).RunAsync(ct);
        });
    }

    // A lab that another program is using is left to that one, unless it is named.
    private static RunningLab? Running(string name, string? given)
    {
        var running = LabState.All(LabPaths.Default).Where(s => s.Keeper is { IsAlive: true }).ToList();
        if (name.Length > 0)
        {
            if (!running.Any(s => s.Plan.Name == name))
                return null;
            return given is null
                ? RunningLab.Open(name, LabPaths.Default)
                : throw new LabException($"the lab {name} runs already and {given} is about booting one; leave that out, take the lab down (redishabake lab down --name {name}), or give another --name");
        }

        var free = running.Where(s => !s.Owner.IsAlive).ToList();
        return given is not null || free.Count == 0 ? null : RunningLab.Open(free.Count == 1 ? free[0].Plan.Name : "", LabPaths.Default);
    }
}
