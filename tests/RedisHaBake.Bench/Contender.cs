using RedisHaBake.Cli;
using RedisHaBake.Cli.Lab;
using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Bench;

/// <summary>One way to make the tutorial's cluster: a lab of the same three machines with other texts.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Plan">The machines, their texts and how an application reaches the cluster.</param>
public sealed record Contender(string Name, LabPlan Plan)
{
    // The tutorial's own, from its page: no secret.
    private const string TutorialPassword = "R3plicationP4sswd";

    /// <summary>Our user-data, and the tutorial's commands as a shell script that cloud-init runs.</summary>
    public static (Contender Ours, Contender Tutorial) Of(Generation generation)
    {
        var ours = LabPlanning.Plan(generation, $"bench-ours-{Environment.ProcessId}");
        return (
            new("user-data with redishabake-agent, baked", ours),
            new("the tutorial's commands by cloud-init", ours with
            {
                Name = $"bench-tutorial-{Environment.ProcessId}",
                Nodes = [.. ours.Nodes.Select(n => n with { UserData = Script(n, ours.Nodes[0]) })],
                Client = ours.Client with { User = "admin", Password = TutorialPassword },
            }));
    }

    private static string Script(LabNode node, LabNode master)
    {
        using var stream = typeof(Contender).Assembly.GetManifestResourceStream("tutorial.sh")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Replace("@ADDRESS@", node.Address, StringComparison.Ordinal)
            .Replace("@MASTER@", master.Address, StringComparison.Ordinal);
    }
}
