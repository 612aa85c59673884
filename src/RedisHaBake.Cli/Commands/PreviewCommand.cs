using System.CommandLine;
using System.Text.Json.Nodes;
using RedisHaBake.Cli.Output;
using RedisHaBake.Cli.Trial;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Model.Spec;
using RedisHaBake.Model.Spec.Shape;

namespace RedisHaBake.Cli.Commands;

/// <summary>redishabake preview: the exact files that the agent would write.</summary>
internal static class PreviewCommand
{
    public static Command Create(IPrograms programs)
    {
        var spec = Shared.SpecArgument();
        var node = new Option<string?>("--node", "-n") { Description = "Only this node's files." };
        var file = new Option<string?>("--file", "-f") { Description = "Only files with this name or path, such as haproxy.cfg; one alone is printed without a heading." };
        var known = Shared.KnownOption();
        var write = Shared.ExtraOption("write");
        var read = Shared.ExtraOption("read");
        var secrets = new Option<bool>("--show-secrets") { Description = "Show the passwords too; without it the word hidden stands in their place." };
        var command = new Command("preview", "Show the exact files of a node: redis.conf, haproxy.cfg and the others.") { spec, node, file, known, write, read, secrets };
        command.SetAction(result => Run(
            Terminal.For(result),
            programs,
            result.GetValue(spec)!,
            result.GetValue(node),
            result.GetValue(file),
            new LateAddresses(result.GetValue(known)!, result.GetValue(write), result.GetValue(read)),
            result.GetValue(secrets)));
        return command;
    }

    private static int Run(Terminal terminal, IPrograms programs, string specPath, string? node, string? file, LateAddresses late, bool showSecrets)
    {
        var generation = Generation.Run(specPath, keepSecrets: false, handsOut: false, late: late, programs: programs);
        terminal.Problems(generation);
        if (!generation.Succeeded)
            return Shared.Refused(terminal, generation);
        var plans = generation.Nodes.Select(n => Met(showSecrets ? n.Plan : StandIn.WithoutSecrets(n.Plan), late.Known)).Where(p => node is null || p.Node == node).ToList();
        if (plans.Count == 0)
            return Unknown(terminal, "node", node!, generation.Nodes.Select(n => n.Node));
        var shown = plans.SelectMany(p => Files(p, StandIn.Host(p, generation.Spec!)), (p, f) => (Node: p.Node, File: f)).ToList();
        var wanted = shown.Where(s => file is null || IsCalled(s.File.Path, file)).ToList();
        if (wanted.Count == 0)
            return Unknown(terminal, "file", file!, shown.Select(s => Path.GetFileName(s.File.Path)).Distinct(), Absent(file!));
        if (!terminal.IsJson)
            Print(terminal, wanted);
        terminal.Json(() => Document(generation, wanted));
        return ExitCode.Good;
    }

    // sentinel.conf is Sentinel's own after its first start; what it starts from is the plan's.
    private static IEnumerable<ManagedFile> Files(NodePlan plan, HostFacts host)
        => plan.Self.Has(NodeRole.Sentinel) ? ManagedFiles.For(plan, host).Append(SentinelConf.Seed(plan, host)) : ManagedFiles.For(plan, host);

    // haproxy.cfg, haproxy, the whole path; and what people call the files that have names of their own here.
    private static bool IsCalled(string path, string asked)
        => path == asked || ((string[])[Path.GetFileName(path), Path.GetFileNameWithoutExtension(path), .. path switch
        {
            FirewallNft.Path => (string[])["nftables", "nftables.conf"],
            SysctlConf.Path => ["sysctl", "sysctl.conf"],
            HugepagesConf.Path => ["hugepages", "thp"],
            _ => [],
        }]).Contains(asked, StringComparer.OrdinalIgnoreCase);

    private static void Print(Terminal terminal, List<(string Node, ManagedFile File)> wanted)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            if (wanted.Count > 1)
                terminal.Data($"{(i > 0 ? "\n" : "")}==> {wanted[i].Node}:{wanted[i].File.Path} ({wanted[i].File.Mode} {wanted[i].File.Owner}:{wanted[i].File.Group}) <==\n");
            terminal.Data(wanted[i].File.Content);
        }
    }

    private static JsonObject Document(Generation generation, List<(string Node, ManagedFile File)> wanted) => new()
    {
        ["problems"] = ProblemJson.Write(generation),
        ["notes"] = ProblemJson.Notes(generation),
        ["files"] = new JsonArray([.. wanted.Select(w => (JsonNode)new JsonObject
        {
            ["node"] = w.Node,
            ["path"] = w.File.Path,
            ["mode"] = w.File.Mode,
            ["owner"] = w.File.Owner,
            ["group"] = w.File.Group,
            ["content"] = w.File.Content,
        })]),
    };

    // As if the nodes whose address was said had met already.
    private static NodePlan Met(NodePlan plan, IReadOnlyDictionary<string, string> known)
        => plan with { Nodes = [.. plan.Nodes.Select(n => known.TryGetValue(n.Name, out var address) ? n with { Address = address } : n)] };

    // What other specs make, and why this one does not.
    private static string? Absent(string file)
        => IsCalled(KeepalivedConf.Path, file) ? "keepalived runs only where `addresses` are floating and the node serves clients"
            : IsCalled(FirewallNft.Path, file) ? "the firewall is made only with `firewall: {enabled: true}`"
            : null;

    private static int Unknown(Terminal terminal, string what, string name, IEnumerable<string> known, string? why = null)
    {
        var names = known.ToList();
        var nearest = Spelling.Nearest(name, names);
        return Shared.WrongUsage(terminal, $"there is no {what} \"{name}\"{(why is null ? "" : $": {why}")}; {(why is not null || nearest is null ? "" : $"did you mean {nearest}? ")}expected one of {string.Join(", ", names)}");
    }
}
