using System.CommandLine;

namespace RedisHaBake.Cli.Commands;

/// <summary>redishabake validate: every mistake of a spec at once.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var spec = Shared.SpecArgument();
        var command = new Command("validate", "Check a spec and its secrets; write nothing.") { spec };
        command.SetAction(result =>
        {
            var generation = Generation.Run(result.GetValue(spec)!, keepSecrets: false);
            Shared.Print(generation);
            if (!generation.Succeeded)
                return ExitCode.Fault;
            Console.Error.WriteLine($"{result.GetValue(spec)}: good");
            return ExitCode.Good;
        });
        return command;
    }
}
