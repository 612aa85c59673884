using System.CommandLine;
using RedisHaBake.Cli.Output;
using RedisHaBake.Cli.Trial;

namespace RedisHaBake.Cli.Commands;

/// <summary>redishabake validate: every mistake of a spec at once.</summary>
internal static class ValidateCommand
{
    public static Command Create(IPrograms programs)
    {
        var spec = Shared.SpecArgument();
        var strict = Shared.StrictOption();
        var command = new Command("validate", "Check a spec and its secrets; write nothing.") { spec, strict };
        command.SetAction(result => Run(Terminal.For(result), programs, result.GetValue(spec)!, result.GetValue(strict)));
        return command;
    }

    private static int Run(Terminal terminal, IPrograms programs, string specPath, bool strict)
    {
        var generation = Generation.Run(specPath, keepSecrets: false, strict: strict, handsOut: false, programs: programs);
        terminal.Problems(generation);
        if (!generation.Succeeded)
            return Shared.Refused(terminal, generation);
        var missing = generation.Missing.Select(p => p.Path.ToString()).ToList();
        terminal.Json(() => new() { ["good"] = true, ["ready"] = missing.Count == 0, ["problems"] = ProblemJson.Write(generation), ["notes"] = ProblemJson.Notes(generation), ["nodes"] = SizeTable.Json(generation.Nodes) });
        terminal.Say(missing.Count == 0
            ? $"{specPath}: good"
            : $"{specPath}: no mistakes, but not complete: `generate` will refuse it until {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} right");
        return ExitCode.Good;
    }
}
