using System.CommandLine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Commands;

/// <summary>redishabake preview: the exact files that the agent would write.</summary>
internal static class PreviewCommand
{
    public static Command Create()
    {
        var spec = Shared.SpecArgument();
        var node = new Option<string?>("--node", "-n") { Description = "Only this node's files." };
        var file = new Option<string?>("--file", "-f") { Description = "Only files with this name, such as haproxy.cfg, printed without a heading." };
        var secrets = new Option<bool>("--show-secrets") { Description = "Show the passwords too; without it the word hidden stands in their place." };
        var command = new Command("preview", "Show the exact files of a node: redis.conf, haproxy.cfg and the others.") { spec, node, file, secrets };
        command.SetAction(result => Run(result.GetValue(spec)!, result.GetValue(node), result.GetValue(file), result.GetValue(secrets)));
        return command;
    }

    private static int Run(string specPath, string? node, string? file, bool showSecrets)
    {
        var generation = Generation.Run(specPath, keepSecrets: false);
        Shared.Print(generation);
        if (!generation.Succeeded)
            return ExitCode.Fault;
        var plans = generation.Nodes.Select(n => showSecrets ? n.Plan : Hide(n.Plan)).Where(p => node is null || p.Node == node).ToList();
        if (plans.Count == 0)
            return Unknown("node", node!, generation.Nodes.Select(n => n.Node));
        var shown = plans
            .SelectMany(p => ManagedFiles.For(p, Assumed(p, generation.Spec!)), (p, f) => (Plan: p, File: f))
            .ToList();
        var wanted = shown.Where(s => file is null || s.File.Path == file || Path.GetFileName(s.File.Path) == file).ToList();
        if (wanted.Count == 0)
            return Unknown("file", file!, shown.Select(s => Path.GetFileName(s.File.Path)).Distinct());
        foreach (var (plan, managed) in wanted)
        {
            if (wanted.Count > 1)
                Console.Out.Write($"# {plan.Node}:{managed.Path} ({managed.Mode} {managed.Owner}:{managed.Group})\n");
            Console.Out.Write(managed.Content);
            if (wanted.Count > 1)
                Console.Out.Write('\n');
        }

        return ExitCode.Good;
    }

    // What only the machine knows, taken from the spec: an address not yet known becomes the network's first one.
    private static HostFacts Assumed(NodePlan plan, ClusterSpec spec)
    {
        var address = plan.Self.Address == Words.Auto ? spec.Cidr[..spec.Cidr.LastIndexOf('.')] + ".1" : plan.Self.Address;
        var shipped = plan.Engine.Kind == EngineKind.Redis ? spec.Os.Redis : spec.Os.Valkey;
        var engine = shipped.Major == plan.Engine.Major ? shipped : new Version(plan.Engine.Major, 0, 0);
        return new(address, plan.Interface == Words.Auto ? "eth0" : plan.Interface, engine, spec.Os.Haproxy, LifeMark: false);
    }

    private static NodePlan Hide(NodePlan plan) => plan with
    {
        Secrets = new("hidden", "hidden", "hidden", "hidden", "hidden", "hidden", plan.Secrets.ClusterId),
        Users = [.. plan.Users.Select(u => u with { PasswordSha256 = new string('0', 64) })],
    };

    private static int Unknown(string what, string name, IEnumerable<string> known)
    {
        Console.Error.WriteLine($"error: there is no {what} \"{name}\"; expected one of {string.Join(", ", known)}");
        return ExitCode.Usage;
    }
}
