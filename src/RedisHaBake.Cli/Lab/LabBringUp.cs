using RedisHaBake.Cli.Commands;
using RedisHaBake.Cli.Output;
using RedisHaBake.Lab;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Rootfs;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Lab;

/// <summary>From cluster.yaml to machines that run.</summary>
/// <param name="Spec">Path of cluster.yaml.</param>
/// <param name="Name">The lab's name; empty for the cluster's.</param>
/// <param name="Output">Directory for the texts to paste; empty for out/ and the lab's name.</param>
/// <param name="Variant">How the machines are to differ from the spec.</param>
/// <param name="Terminal">Where problems of the spec are said.</param>
internal sealed record LabBringUp(string Spec, string Name, string Output, LabVariant Variant, Terminal Terminal)
{
    /// <summary>Generates the texts, makes the root filesystem and the lab's network. No machine is on yet.</summary>
    /// <returns>The lab, or null where the spec is at fault, which then has been said.</returns>
    public async Task<RunningLab?> CreateAsync(CancellationToken ct)
    {
        var generation = Generation.Run(Spec, variant: Variant.Apply);
        if (!generation.Succeeded)
        {
            Terminal.Problems(generation);
            Shared.Refused(Terminal, generation);
            return null;
        }

        if (Shared.SecretsLine(generation, check: false) is { } secrets)
            Console.Error.WriteLine(secrets);
        var spec = generation.Spec!;
        var plan = LabPlanning.Plan(generation, Name, await LabPlanning.WayOutAsync(spec, Variant.Package, ct));
        if (LabState.All(LabPaths.Default).Any(s => s.IsAlive && s.Plan.Name == plan.Name))
            throw new LabException($"the lab {plan.Name} runs already; use it, take it down (redishabake lab down --name {plan.Name}), or give this one another --name");
        var texts = WriteTexts(spec, plan.Name);
        if (Variant.Vm is { } vms)
            return await RunningLab.CreateAsync(plan, [], texts, LabPaths.Default, ct, vms.Shape(spec, [.. generation.Nodes.Select(n => n.Plan)]));
        var layers = await new RootfsCache(LabPaths.Default).PrepareAsync(LabPlanning.Recipe(spec), spec.Agent.Baked ? Variant.Package : "", new Talk(), ct);
        return await RunningLab.CreateAsync(plan, layers, texts, LabPaths.Default, ct);
    }

    // The texts to paste are those of the spec as it stands; the machines' own may differ, and then it is said in what.
    private string WriteTexts(ClusterSpec lab, string name)
    {
        var pasted = Generation.Run(Spec);
        Terminal.Problems(pasted);
        var texts = "";
        if (pasted.Succeeded)
        {
            texts = Path.GetFullPath(Output.Length > 0 ? Output : Path.Combine("out", name));
            GenerateCommand.Write(pasted, texts);
            Console.Error.WriteLine($"texts to paste: {texts}/NODE.user-data");
        }
        else
        {
            Console.Error.WriteLine("the spec cannot be pasted as it stands; the lab's machines boot all the same");
        }

        var differences = pasted.Spec is null ? [] : LabVariant.Differences(pasted.Spec, lab);
        if (differences.Count > 0)
            Console.Error.WriteLine($"the lab's machines boot the same texts but for:\n  {string.Join("\n  ", differences)}");
        return texts;
    }

    private sealed class Talk : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine(value);
    }
}
