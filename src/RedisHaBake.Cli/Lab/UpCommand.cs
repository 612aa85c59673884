using System.CommandLine;
using RedisHaBake.Cli.Commands;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab up.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var spec = Shared.SpecArgument();
        var name = LabOptions.Name();
        var agent = LabOptions.Agent();
        var output = LabOptions.Output();
        var only = new Option<string[]>("--only")
        {
            Description = "Boot only these nodes now; the others later with: redishabake lab boot NODE.",
            AllowMultipleArgumentsPerToken = true,
        };
        return new Command("up", "Boot a cluster and leave it running.") { spec, name, agent, output, only }.Do((result, ct) => RunAsync(
            new(result.GetValue(spec)!, result.GetValue(name)!, result.GetValue(agent)!, result.GetValue(output)!),
            result.GetValue(only) ?? [],
            ct));
    }

    private static async Task<int> RunAsync(LabBringUp bringUp, string[] only, CancellationToken ct)
    {
        await using var lab = await bringUp.CreateAsync(ct);
        if (lab is null)
            return ExitCode.Fault;
        var machines = only.Length == 0 ? lab.Machines : [.. only.Select(node => lab[node])];
        if (machines.Count == lab.Machines.Count)
            await new BootView().BootAsync(machines, ct);
        else
            await Task.WhenAll(machines.Select(m => m.BootAsync(ct))); // A first boot waits for every data node: ready comes later.
        lab.Stay();
        Console.Error.WriteLine(WhereToLook(lab.Plan));
        return ExitCode.Good;
    }

    /// <summary>What a person can do with a running lab.</summary>
    internal static string WhereToLook(LabPlan plan)
    {
        var other = "";
        var write = plan.Client.Write == Words.None ? $"each node's own address, port {plan.Client.WritePort}" : $"{plan.Client.Write}:{plan.Client.Port}";
        var first = plan.Nodes[0].Name;
        return $"""

            The lab {plan.Name} runs. Its network is a world of its own: go in with these.
              redishabake lab status{other}
              redishabake lab client{other}                 redis-cli as {plan.Client.User} through the write address ({write})
              redishabake lab exec {first}{other}           a root shell on a node
              redishabake lab logs {first} -f{other}        what its agent says
              redishabake lab fail {first} power-off{other} and heal; other faults: {string.Join(", ", Fault.All.Select(f => f.Name))}
              redishabake lab down{other}                   takes it all away
            """;
    }
}
