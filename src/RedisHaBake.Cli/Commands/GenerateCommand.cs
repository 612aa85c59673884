using System.CommandLine;
using System.Text.Json.Nodes;
using RedisHaBake.Cli.Files;
using RedisHaBake.Cli.Output;
using RedisHaBake.Cli.Page;
using RedisHaBake.Cli.Trial;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Commands;

/// <summary>redishabake generate: the texts to paste.</summary>
internal static class GenerateCommand
{
    private const string StandardOutput = "-";

    public static Command Create(IPrograms programs)
    {
        var spec = Shared.SpecArgument();
        var directory = new Option<string>("-o", "--out") { Description = "Directory for the texts; - prints the user-data.", DefaultValueFactory = _ => "out" };
        var node = new Option<string?>("--node", "-n") { Description = "With -o -: only this node's text." };
        var check = new Option<bool>("--check") { Description = "Write nothing; exit 2 if something would change." };
        var force = new Option<bool>("--force") { Description = "Overwrite files that were changed by hand." };
        var strict = Shared.StrictOption();
        var known = Shared.KnownOption();
        var write = Shared.ExtraOption("write");
        var read = Shared.ExtraOption("read");
        var image = Shared.ImageOption();
        var command = new Command("generate", "Write the user-data of every node, and NoCloud's two other files for local use.") { spec, directory, node, known, write, read, check, force, strict, image };
        command.SetAction(result => Run(
            Terminal.For(result),
            programs,
            result.GetValue(spec)!,
            result.GetValue(directory)!,
            result.GetValue(node),
            new LateAddresses(result.GetValue(known)!, result.GetValue(write), result.GetValue(read)),
            result.GetValue(check),
            result.GetValue(force),
            result.GetValue(strict),
            result.GetValue(image)!));
        return command;
    }

    private static int Run(Terminal terminal, IPrograms programs, string specPath, string directory, string? node, LateAddresses late, bool check, bool force, bool strict, string[] images)
    {
        if (node is not null && directory != StandardOutput)
            return Shared.WrongUsage(terminal, "--node only goes with `-o -`; a directory always gets every node's text");
        if (check && directory == StandardOutput)
            return Shared.WrongUsage(terminal, "--check compares with the texts of a directory, and `-o -` has none; expected one of the two");
        var generation = Generation.Run(specPath, keepSecrets: !check, strict: strict, late: late, programs: programs);
        terminal.Problems(generation);
        if (!generation.Succeeded)
            return Shared.Refused(terminal, generation);
        if (!Shared.Fits(terminal, generation, images))
            return ExitCode.Fault;
        return directory == StandardOutput ? Print(terminal, generation, node) : Write(terminal, generation, directory, check, force);
    }

    /// <summary>Writes every node's three files into <paramref name="directory"/>, for commands that hand them out beside what they do.</summary>
    /// <exception cref="UnwritableException">A file there was changed by hand, or another cluster's texts stand there.</exception>
    internal static void Write(Generation generation, string directory)
    {
        var target = new OutDirectory(directory, OutOwner.Of(generation));
        var changes = target.Compare(Files(generation));
        if (Refusal(generation, directory, target.Other(), changes) is { } refusal)
            throw new UnwritableException(refusal);
        target.Apply(changes);
    }

    private static int Print(Terminal terminal, Generation generation, string? node)
    {
        var nodes = generation.Nodes.Where(n => node is null || n.Node == node).ToList();
        if (nodes.Count == 0)
            return Shared.WrongUsage(terminal, $"there is no node \"{node}\"; expected one of {string.Join(", ", generation.Nodes.Select(n => n.Node))}");
        var all = nodes;
        if (node is not null && nodes[0].Lacks is { } via)
        {
            terminal.Fail($"{node} installs through {via}, whose address is not known; expected it, since the text is of no use without; create {via} with its own text, look its address up in the portal, and add `--known {via}=ADDRESS`");
            return ExitCode.Fault;
        }

        if (Waiting(generation) is { } waiting && !terminal.IsJson)
            terminal.Say(waiting);
        nodes = [.. nodes.Where(n => n.Lacks is null)];
        if (terminal.IsJson)
        {
            terminal.Json(() => new()
            {
                ["problems"] = ProblemJson.Write(generation),
                ["notes"] = ProblemJson.Notes(generation),
                ["lacking"] = Lacking(all),
                ["userData"] = new JsonObject(nodes.Select(n => KeyValuePair.Create(n.Node, (JsonNode?)n.UserData))),
            });
            return ExitCode.Good;
        }

        if (Shared.SecretsLine(generation, check: false) is { } secrets)
            terminal.Say(secrets);
        foreach (var text in nodes)
        {
            if (nodes.Count > 1)
                terminal.Data($"==> {text.Node}.user-data <==\n");
            terminal.Data(text.UserData);
        }

        return ExitCode.Good;
    }

    private static int Write(Terminal terminal, Generation generation, string directory, bool check, bool force)
    {
        var target = new OutDirectory(directory, OutOwner.Of(generation));
        var changes = target.Compare(Files(generation));
        var pending = changes.Any(c => c.Kind != ChangeKind.Same) || generation.SecretsMade || generation.SecretsExposed;
        var refusal = force ? null : Refusal(generation, directory, target.Other(), changes);
        if (!check && refusal is null)
            target.Apply(changes);
        terminal.Json(() => Document(generation, directory, changes, !check && refusal is null, refusal));
        if (refusal is null || check)
            Say(terminal, generation, directory, changes, check, refusal);
        if (refusal is not null && !check && !terminal.IsJson)
            terminal.Fail(refusal);

        return refusal is not null && !check ? ExitCode.Fault : check && pending ? ExitCode.Pending : ExitCode.Good;
    }

    private static List<OutFile> Files(Generation generation) =>
    [
        .. generation.Nodes.Where(n => n.Lacks is null).SelectMany(n => (OutFile[])
        [
            new(n.Node + ".user-data", n.UserData, AtomicFile.Private),
            new(n.Node + ".meta-data", n.MetaData, AtomicFile.Shared),
            new(n.Node + ".network-config", n.NetworkConfig, AtomicFile.Shared),
        ]),
        PortalPage.File(generation),
    ];

    private static string? Refusal(Generation generation, string directory, OutOwner? other, IReadOnlyList<FileChange> changes)
        => other is not null ? OfAnother(generation, directory, other)
            : changes.Any(c => c.Kind == ChangeKind.Edited) ? Edited(changes, directory)
            : null;

    private static string OfAnother(Generation generation, string directory, OutOwner other)
        => $"{directory} holds the texts of cluster {other.Cluster}, made with other passwords than those in {generation.SecretsPath}; "
            + $"expected a directory of this cluster's own; give each cluster one (`-o {directory}-{generation.Spec!.Name}`), or replace the texts with --force";

    private static string Edited(IReadOnlyList<FileChange> changes, string directory)
        => string.Join(", ", changes.Where(c => c.Kind == ChangeKind.Edited).Select(c => Path.Combine(directory, c.Name)))
            + ": changed since redishabake wrote it, or never written by it; expected an untouched file or none; move your changes into the spec, or overwrite with `generate --force`";

    private static void Say(Terminal terminal, Generation generation, string directory, IReadOnlyList<FileChange> changes, bool check, string? refusal)
    {
        if (Shared.SecretsLine(generation, check) is { } secrets)
            terminal.Say(secrets);
        foreach (var change in changes.Where(c => c.Kind != ChangeKind.Same && c.File is null))
            terminal.Say($"{Path.Combine(directory, change.Name)}: {Word(change.Kind, check)}");
        foreach (var change in changes.Where(c => c.File is not null && (check ? c.Kind != ChangeKind.Same : (c.Name.EndsWith(".user-data", StringComparison.Ordinal) || c.Name == PortalPage.FileName))))
            terminal.Say($"{Path.Combine(directory, change.Name)}: {Word(change.Kind, check)}");
        if (check && refusal is not null)
            terminal.Say("would be refused: " + refusal);
        else if (check)
            terminal.Say(changes.All(c => c.Kind == ChangeKind.Same) && Shared.SecretsLine(generation, check) is null ? "nothing would change" : "run without --check to write");
        else
            terminal.Say($"\n{SizeTable.Text(generation.Nodes)}\n\nTo paste them, open {Path.Combine(directory, PortalPage.FileName)} in a browser: what to choose in the portal, step by step.{Next(generation)}");
    }

    // Texts that know nobody are for the VM that is created first, whichever that is.
    private static string Next(Generation generation)
    {
        if (Waiting(generation) is { } waiting)
            return "\n\n" + waiting;
        var meeting = generation.Nodes.Select(n => n.Plan).Where(p => p.IsLate && p.Self.Address == Words.Auto && !p.Self.IsOnlyProxy).ToList();
        if (meeting.Count == 0 || generation.Nodes.All(n => n.Plan.Known.Count > 0))
            return "";
        return meeting.All(p => p.Known.Count == 0)
            ? $"\n\nThese texts know no other VM. Create one VM with its text, look its address up in the portal, and write the others' with it:\n  redishabake generate {generation.Sources[Model.Spec.Problems.SourceFile.Spec].Name} --known {meeting[0].Node}=ADDRESS"
            : "";
    }

    // What goes out through a node whose address comes later: there is nothing to paste before that.
    private static string? Waiting(Generation generation)
    {
        var waiting = generation.Nodes.Where(n => n.Lacks is not null).ToList();
        return waiting.Count == 0 ? null
            : $"There is no text for {string.Join(" and ", waiting.Select(n => n.Node))} yet: installing goes through {waiting[0].Lacks}, whose address is not known. Create {waiting[0].Lacks} with its text, look its address up in the portal, and:\n  "
                + $"redishabake generate {generation.Sources[Model.Spec.Problems.SourceFile.Spec].Name} --known {waiting[0].Lacks}=ADDRESS";
    }

    // Which node's address each text lacks that is not handed out.
    private static JsonObject Lacking(IEnumerable<NodeTexts> nodes)
        => new(nodes.Where(n => n.Lacks is not null).Select(n => KeyValuePair.Create(n.Node, (JsonNode?)n.Lacks)));

    private static string Word(ChangeKind kind, bool check) => (kind, check) switch
    {
        (ChangeKind.Same, _) => "unchanged",
        (ChangeKind.Create, true) => "would be written",
        (ChangeKind.Update, true) => "would be updated",
        (ChangeKind.Edited, true) => "changed by hand; would be refused without --force",
        (ChangeKind.Remove, true) => "would be removed: no text is written for it",
        (ChangeKind.Create, _) => "written",
        (ChangeKind.Update, _) => "updated",
        (ChangeKind.Edited, _) => "overwritten",
        (ChangeKind.Remove, _) => "removed: no text is written for it",
        _ => "left alone: its node is not in the spec, but somebody changed it",
    };

    private static JsonObject Document(Generation generation, string directory, IReadOnlyList<FileChange> changes, bool written, string? refusal)
    {
        var document = new JsonObject
        {
            ["problems"] = ProblemJson.Write(generation),
            ["notes"] = ProblemJson.Notes(generation),
            ["written"] = written,
            ["secrets"] = Shared.SecretsJson(generation),
            ["files"] = new JsonArray([.. changes.Select(c => (JsonNode)new JsonObject
            {
                ["path"] = Path.Combine(directory, c.Name),
                ["change"] = c.Kind.ToString().ToLowerInvariant(),
            })]),
            ["lacking"] = Lacking(generation.Nodes),
            ["nodes"] = SizeTable.Json(generation.Nodes),
        };
        if (refusal is not null)
        {
            document["good"] = false;
            document["error"] = refusal;
        }

        return document;
    }
}
