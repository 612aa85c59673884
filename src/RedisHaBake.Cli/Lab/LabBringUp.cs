using RedisHaBake.Cli.Commands;
using RedisHaBake.Lab;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Rootfs;

namespace RedisHaBake.Cli.Lab;

/// <summary>From cluster.yaml to machines that run.</summary>
/// <param name="Spec">Path of cluster.yaml.</param>
/// <param name="Name">The lab's name; empty for the cluster's.</param>
/// <param name="Agent">The agent's .deb; empty for the one beside this program.</param>
/// <param name="Output">Directory for the texts; empty for out/ and the lab's name.</param>
internal sealed record LabBringUp(string Spec, string Name, string Agent, string Output)
{
    /// <summary>A machine may be a slow one with two cores; a healthy first boot takes a few seconds.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>Generates the texts, makes the root filesystem and the lab's network. No machine is on yet.</summary>
    /// <returns>The lab, or null where the spec is at fault, which then has been said.</returns>
    public async Task<RunningLab?> CreateAsync(CancellationToken ct)
    {
        LabRequirements.Check();
        var package = AgentPackage.Find(Agent);
        var generation = Generation.Run(Spec);
        Shared.Print(generation);
        if (!generation.Succeeded)
            return null;
        var plan = LabPlanning.Plan(generation, Name);
        if (LabState.All(LabPaths.Default).Any(s => s.IsAlive && s.Plan.Name == plan.Name))
            throw new LabException($"the lab {plan.Name} runs already; use it, take it down (redishabake lab down --name {plan.Name}), or give this one another --name");
        var texts = Path.GetFullPath(Output.Length > 0 ? Output : Path.Combine("out", plan.Name));
        GenerateCommand.Write(generation.Nodes, texts);
        Console.Error.WriteLine($"texts to paste: {texts}/NODE.user-data");
        var recipe = RootfsRecipe.For(plan.Suite, plan.Engine);
        var layers = await new RootfsCache(LabPaths.Default).PrepareAsync(recipe, package, new Talk(), ct);
        return await RunningLab.CreateAsync(plan, layers, texts, LabPaths.Default, ct);
    }

    private sealed class Talk : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine(value);
    }
}
