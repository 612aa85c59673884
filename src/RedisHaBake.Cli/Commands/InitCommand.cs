using System.CommandLine;
using RedisHaBake.Cli.Files;
using RedisHaBake.Cli.Output;
using RedisHaBake.Model.Spec.Shape;
using OperatingSystem = RedisHaBake.Model.Spec.OperatingSystem;

namespace RedisHaBake.Cli.Commands;

/// <summary>redishabake init: a commented starter.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var spec = Shared.SpecArgument();
        var name = new Option<string>("--name") { Description = "The cluster's name.", DefaultValueFactory = _ => "redis" };
        var cidr = new Option<string>("--cidr") { Description = "The private network.", DefaultValueFactory = _ => "10.10.90.0/24" };
        var node = new Option<string[]>("--node") { Description = "A node as name=address; once per node.", DefaultValueFactory = _ => ["redis-a=10.10.90.37", "redis-b=10.10.90.227", "redis-c=10.10.90.147"] };
        var write = new Option<string?>("--write") { Description = "The write address." };
        var read = new Option<string?>("--read") { Description = "The read address." };
        var os = new Option<string>("--os") { Description = "The VMs' operating system.", DefaultValueFactory = _ => OperatingSystem.All[0].Name };
        os.TakesOneOf([.. OperatingSystem.All.Select(o => o.Name)]);
        var via = new Option<string?>("--via") { Description = "The node through which the others install, which have no internet." };
        var force = new Option<bool>("--force") { Description = "Overwrite a file that is there." };
        var command = new Command("init", "Write a commented cluster.yaml to start from, and its JSON Schema beside it.") { spec, name, cidr, node, write, read, os, via, force };
        command.SetAction(result => Run(
            Terminal.For(result),
            result.GetValue(spec)!,
            new(
                result.GetValue(name)!,
                result.GetValue(cidr)!,
                result.GetValue(os)!,
                result.GetValue(node)!,
                result.GetValue(write),
                result.GetValue(read),
                result.GetValue(via)),
            result.GetValue(force)));
        return command;
    }

    private static int Run(Terminal terminal, string path, Starter starter, bool force)
    {
        if (starter.Nodes.FirstOrDefault(n => n.Count(c => c == '=') != 1) is { } wrong)
            return Shared.WrongUsage(terminal, $"--node {wrong}: expected name=address, such as redis-a=10.10.90.37");
        if (starter.FirstUnsafe() is var (option, text))
            return Shared.WrongUsage(terminal, $"{option} \"{text}\": expected letters, digits, dots, slashes and hyphens");
        if (FileType.Of(path) is not null && !force)
        {
            terminal.Fail($"{path} is there already; expected none; edit it, or overwrite it with --force");
            return ExitCode.Fault;
        }

        if (Generation.OfText(path, starter.Text()) is { Problems.Count: > 0 } wrongSpec)
        {
            terminal.Problems(wrongSpec);
            terminal.Json(() => new() { ["problems"] = ProblemJson.Write(wrongSpec) });
            return Shared.WrongUsage(terminal, $"{path} is not written: the options make a spec with {string.Join(", ", wrongSpec.Problems.Select(p => p.Code).Distinct())}; expected one without errors; correct them");
        }

        var schema = Path.Combine(Path.GetDirectoryName(path) ?? "", Starter.SchemaFile);
        if (new FileInfo(schema).LinkTarget is { } target)
        {
            terminal.Fail($"{schema} is a link to {target}, which is not written for you; expected no such file; remove the link");
            return ExitCode.Fault;
        }

        if (!force && !MayReplace(schema))
        {
            terminal.Fail($"{schema} is there already and is no schema of redishabake; expected none; move it away, or overwrite it with --force");
            return ExitCode.Fault;
        }

        AtomicFile.Write(path, starter.Text(), AtomicFile.Shared);
        AtomicFile.Write(schema, SpecSchema.Json(), AtomicFile.Shared);
        terminal.Json(() => new() { ["spec"] = path, ["schema"] = schema });
        terminal.Say($"{path}: written; edit it, then run `redishabake generate {path}`");
        return ExitCode.Good;
    }

    // An older release's schema is replaced without a word: nobody edits that.
    private static bool MayReplace(string schema)
        => FileType.Of(schema) is not { } found || (found == FileType.File && File.ReadLines(schema).Take(3).Any(l => l.Contains(SpecSchema.Title, StringComparison.Ordinal)));
}
