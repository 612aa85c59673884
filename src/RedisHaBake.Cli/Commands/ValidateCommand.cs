using System.CommandLine;
using RedisHaBake.Cli.Output;

namespace RedisHaBake.Cli.Commands;

/// <summary>redishabake validate: every mistake of a spec at once.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var spec = Shared.SpecArgument();
        var strict = Shared.StrictOption();
        var command = new Command("validate", "Check a spec and its secrets; write nothing.") { spec, strict };
        command.SetAction(result => Run(Terminal.For(result), result.GetValue(spec)!, result.GetValue(strict)));
        return command;
    }

    private static int Run(Terminal terminal, string specPath, bool strict)
    {
        var generation = Generation.Run(specPath, keepSecrets: false, strict: strict, handsOut: false);
        terminal.Problems(generation);
        if (!generation.Succeeded)
            return Shared.Refused(terminal, generation);
        if (terminal.IsJson)
            terminal.Json(new() { ["good"] = true, ["problems"] = ProblemJson.Write(generation), ["nodes"] = SizeTable.Json(generation.Nodes) });
        terminal.Say($"{specPath}: good");
        return ExitCode.Good;
    }
}
