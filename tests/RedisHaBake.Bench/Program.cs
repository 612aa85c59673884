using RedisHaBake.Bench;
using RedisHaBake.Cli;
using RedisHaBake.Cli.Lab;
using RedisHaBake.Lab;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Rootfs;

// redishabake-bench SPEC PACKAGE [RUNS]: first boots on the lab, ours and the tutorial's in turn, so that both meet the same computer.
if (args.Length is < 2 or > 3 || !int.TryParse(args.Length == 3 ? args[2] : "3", out var runs) || runs < 1)
{
    Console.Error.WriteLine("usage: redishabake-bench cluster.yaml redishabake-agent_VERSION_amd64.deb [RUNS]");
    return 64;
}

try
{
    LabRequirements.Check();
    var variant = LabVariant.AsTheSpecSays(Path.GetFullPath(args[1]));
    var generation = Generation.Run(args[0], keepSecrets: false, variant: variant.Apply);
    if (!generation.Succeeded)
        throw new LabException($"{args[0]} has errors; run: redishabake validate {args[0]}");
    var layers = await new RootfsCache(LabPaths.Default).PrepareAsync(LabPlanning.Recipe(generation.Spec!), variant.Package, new Progress<string>(), CancellationToken.None);
    var (ours, tutorial) = Contender.Of(generation);
    List<FirstBoot> mine = [], theirs = [];
    var agent = new AgentReport([], []);
    for (var run = 0; run < runs; run++)
    {
        await using (var lab = await RunningLab.CreateAsync(ours.Plan, layers, "", LabPaths.Default, CancellationToken.None))
        {
            mine.Add(await FirstBoot.MeasureAsync(lab, hasAgent: true));
            if (run == runs - 1)
                agent = await AgentReport.ReadAsync(lab);
        }

        await using (var lab = await RunningLab.CreateAsync(tutorial.Plan, layers, "", LabPaths.Default, CancellationToken.None))
            theirs.Add(await FirstBoot.MeasureAsync(lab, hasAgent: false));
    }

    Table.Print(runs, (ours.Name, mine), (tutorial.Name, theirs), agent);
    return 0;
}
catch (LabException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
