using System.CommandLine;
using RedisHaBake.Cli.Output;

namespace RedisHaBake.Cli.Commands;

/// <summary>redishabake secrets: the passwords, made without anything else.</summary>
internal static class SecretsCommand
{
    public static Command Create()
    {
        var spec = Shared.SpecArgument();
        var check = new Option<bool>("--check") { Description = "Write nothing; exit 2 if passwords would be made." };
        var command = new Command("secrets", "Make the passwords that are not there yet, in a 0600 file beside the spec; print none.") { spec, check };
        command.SetAction(result => Run(Terminal.For(result), result.GetValue(spec)!, result.GetValue(check)));
        return command;
    }

    private static int Run(Terminal terminal, string specPath, bool check)
    {
        var generation = Generation.Run(specPath, keepSecrets: !check, handsOut: false);
        terminal.Problems(generation);
        if (!generation.Succeeded)
            return Shared.Refused(terminal, generation);
        terminal.Json(() => new()
        {
            ["problems"] = ProblemJson.Write(generation),
            ["secrets"] = Shared.SecretsJson(generation),
        });
        terminal.Say(Shared.SecretsLine(generation, check) ?? generation.SecretsPath + ": complete");
        return check && (generation.SecretsMade || generation.SecretsExposed) ? ExitCode.Pending : ExitCode.Good;
    }
}
