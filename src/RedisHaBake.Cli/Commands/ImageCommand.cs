using System.CommandLine;
using System.Text.Json.Nodes;
using RedisHaBake.Cli.CloudInit;
using RedisHaBake.Cli.Files;
using RedisHaBake.Cli.Images;
using RedisHaBake.Cli.Output;
using RedisHaBake.Model.Spec.Problems;

namespace RedisHaBake.Cli.Commands;

/// <summary>redishabake image: Packer's variables for the images that a spec's VMs boot from.</summary>
internal static class ImageCommand
{
    public static Command Create()
    {
        var spec = Shared.SpecArgument();
        var directory = new Option<string>("-o", "--out") { Description = "Directory for the variable files.", DefaultValueFactory = _ => Path.Combine("out", "images") };
        var role = new Option<string[]>("--role") { Description = "Also this kind of image, whether a node needs it or not.", DefaultValueFactory = _ => [] };
        role.TakesOneOf([.. ImageRole.All.Select(r => r.Word)]);
        var image = Shared.ImageOption();
        var force = new Option<bool>("--force") { Description = "Overwrite files that were changed by hand." };
        var command = new Command("image", "Write Packer's variable files for the images that the spec's VMs need, and a README for them.") { spec, directory, role, image, force };
        command.SetAction(result => Run(
            Terminal.For(result),
            result.GetValue(spec)!,
            result.GetValue(directory)!,
            [.. ImageRole.All.Where(r => result.GetValue(role)!.Contains(r.Word))],
            result.GetValue(image)!,
            result.GetValue(force)));
        return command;
    }

    private static int Run(Terminal terminal, string specPath, string directory, IReadOnlyList<ImageRole> also, string[] images, bool force)
    {
        var generation = Generation.Run(specPath, keepSecrets: false);
        terminal.Problems(generation);
        if (!generation.Succeeded)
            return Shared.Refused(terminal, generation);
        if (!Shared.Fits(terminal, generation, images))
            return ExitCode.Fault;
        var spec = generation.Spec!;
        // The spec's own check asks for the key only where its texts install something.
        var key = AptKey.For(spec with { Agent = spec.Agent with { Baked = false } }, specPath, new ProblemList());
        var plans = generation.Nodes.Select(n => n.Plan).ToList();
        var target = new OutDirectory(directory, OutOwner.OfImages(spec.Name));
        if (target.Other() is { } other)
        {
            terminal.Fail($"{directory} holds what was generated for cluster {other.Cluster}; expected a directory for this cluster's images alone; name one that is still free with -o");
            return ExitCode.Fault;
        }

        var changes = target.Compare(ImageInputs.Files(spec, plans, key, also));
        var edited = changes.Where(c => c.Kind == ChangeKind.Edited).Select(c => Path.Combine(directory, c.Name)).ToList();
        if (edited.Count > 0 && !force)
        {
            terminal.Fail($"{string.Join(", ", edited)}: changed since redishabake wrote it; expected an untouched file; move your changes into the spec, or overwrite with `image --force`");
            return ExitCode.Fault;
        }

        target.Apply(changes);
        terminal.Json(() => new()
        {
            ["problems"] = ProblemJson.Write(generation),
            ["images"] = new JsonArray([.. ImageInputs.Images(plans, also).Select(i => JsonValue.Create(i.Word))]),
            ["files"] = new JsonArray([.. changes.Where(c => c.File is not null).Select(c => JsonValue.Create(Path.Combine(directory, c.Name)))]),
        });
        foreach (var change in changes.Where(c => c.File is not null))
            terminal.Say($"{Path.Combine(directory, change.Name)}: {(change.Kind == ChangeKind.Same ? "unchanged" : "written")}");
        if (!spec.Agent.Baked)
            terminal.Say("The spec's texts install everything themselves; for VMs of these images set baked: true in it.");
        return ExitCode.Good;
    }
}
