using System.CommandLine;
using RedisHaBake.Cli.Commands;
using RedisHaBake.Cli.Output;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab up.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var spec = Shared.SpecArgument();
        var name = LabOptions.Name();
        var output = LabOptions.Output();
        var machines = new VariantOptions();
        var only = new Option<string[]>("--only")
        {
            Description = "Boot only these nodes now; the others later with: redishabake lab boot NODE.",
            AllowMultipleArgumentsPerToken = true,
        };
        var noWait = new Option<bool>("--no-wait") { Description = "Return when the machines are on, not when they are ready." };
        var late = new Option<bool>("--late") { Description = "As in a portal that assigns an address when a machine is created: random ones, and each text completed by hand with an earlier machine's." };
        return machines.AddTo(new("up", "Boot a cluster and leave it running.") { spec, name, output, only, noWait, late }).Do((result, ct) => RunAsync(
            new(result.GetValue(spec)!, result.GetValue(name)!, result.GetValue(output)!, machines.Read(result) with { Late = result.GetValue(late) }, Terminal.For(result)),
            result.GetValue(only) ?? [],
            result.GetValue(noWait),
            ct));
    }

    private static async Task<int> RunAsync(LabBringUp bringUp, string[] only, bool noWait, CancellationToken ct)
    {
        await using var lab = await bringUp.CreateAsync(ct);
        if (lab is null)
            return ExitCode.Fault;
        var machines = only.Length == 0 ? lab.Machines : [.. only.Select(node => lab[node])];
        // A first boot waits for every data node: with some left off, ready comes later.
        if (noWait || machines.Count < lab.Machines.Count)
            await BootView.SwitchOnAsync(machines, ct);
        else
            await new BootView().BootAsync(lab, machines, ct);
        lab.Stay();
        Console.Error.WriteLine(LookAround.Text(lab.Plan));
        return ExitCode.Good;
    }
}
