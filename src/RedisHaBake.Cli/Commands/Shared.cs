using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using RedisHaBake.Cli.Images;
using RedisHaBake.Cli.Output;

namespace RedisHaBake.Cli.Commands;

/// <summary>What the commands have in common.</summary>
internal static class Shared
{
    public static Argument<string> SpecArgument()
    {
        var argument = new Argument<string>("spec") { Description = "The cluster's spec.", DefaultValueFactory = _ => "cluster.yaml" };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "-" }])
            {
                result.AddError("standard input is no place for a spec: its passwords are kept in a file beside it; expected the path of a file");
                return;
            }

            // The parser takes an option that it does not know for a file.
            if (result.Tokens is [var token] && token.Value.StartsWith('-'))
                result.AddError(result.Parent is CommandResult { Command: var command } ? UsageErrors.NoOption(token.Value, command) : $"there is no option {token.Value}");
        });
        return argument;
    }

    public static Option<bool> StrictOption() => new("--strict") { Description = "Let warnings fail, too." };

    /// <summary>Where other VMs are, for a spec whose addresses come late.</summary>
    public static Option<string[]> KnownOption() => new("--known")
    {
        Description = "NAME=ADDRESS of a VM that was created already, for nodes with `address: auto`; once per VM.",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The write or the read address, where it came after the spec was written.</summary>
    public static Option<string?> ExtraOption(string key) => new("--" + key) { Description = $"The {key} address, where it came after the spec was written." };

    /// <summary>What the run did, or would do, to the secrets file; null where nothing.</summary>
    public static string? SecretsLine(Generation generation, bool check)
        => generation.SecretsMade ? $"{generation.SecretsPath}: passwords {(check ? "would be " : "")}made (0600); keep this file"
            : generation.SecretsExposed ? $"{generation.SecretsPath}: {(check ? "would be " : "")}made private (0600)"
            : null;

    /// <summary>The same for programs.</summary>
    public static JsonObject SecretsJson(Generation generation) => new()
    {
        ["path"] = generation.SecretsPath,
        ["made"] = generation.SecretsMade,
        ["exposed"] = generation.SecretsExposed,
    };

    public static Option<string[]> ImageOption() => new("--image")
    {
        Description = "The stamp of an image that VMs boot, the .json beside it; once per image. Refuse a spec that the images cannot serve.",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Whether the images with the stamps at <paramref name="images"/> serve the spec; says why not. True where none was named.</summary>
    public static bool Fits(Terminal terminal, Generation generation, string[] images)
    {
        if (images.Length == 0)
            return true;
        try
        {
            var reasons = ImageFit.Reasons([.. images.Select(ImageStamp.Read)], generation.Spec!, [.. generation.Nodes.Select(n => n.Plan)]);
            if (reasons.Count > 0)
                terminal.Fail($"the images do not serve this spec:\n  {string.Join("\n  ", reasons)}");
            return reasons.Count == 0;
        }
        catch (InvalidDataException e)
        {
            terminal.Fail(e.Message);
            return false;
        }
    }

    /// <summary>The end of a run whose problems were said.</summary>
    public static int Refused(Terminal terminal, Generation generation)
    {
        terminal.Json(() => new() { ["good"] = false, ["problems"] = ProblemJson.Write(generation), ["notes"] = ProblemJson.Notes(generation) });
        return ExitCode.Fault;
    }

    /// <summary>The end of a run that the command line does not allow.</summary>
    public static int WrongUsage(Terminal terminal, string line)
    {
        terminal.Fail(line);
        return ExitCode.Usage;
    }
}
