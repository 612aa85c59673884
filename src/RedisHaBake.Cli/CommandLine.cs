using System.CommandLine;
using RedisHaBake.Cli.Commands;
using RedisHaBake.Cli.Files;
using RedisHaBake.Cli.Lab;
using RedisHaBake.Cli.Output;

namespace RedisHaBake.Cli;

/// <summary>The root command and the one place where what went wrong becomes an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs <paramref name="args"/>.</summary>
    /// <returns>0 good, 1 the spec is at fault or the run failed, 2 changes pending, 64 wrong usage.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        var result = Root().Parse(args);
        var problems = UsageErrors.Of(args, result);
        if (problems.Count > 0)
        {
            SayUsage(result, problems, output, error);
            return ExitCode.Usage;
        }

        try
        {
            return await result.InvokeAsync(configuration);
        }
        catch (UnwritableException e)
        {
            Terminal.For(result).Fail(e.Message);
            return ExitCode.Fault;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Terminal.For(result).Fail(UnwritableException.SystemWords(e) + "; expected to read and write here; check paths, permissions and the free space");
            return ExitCode.Fault;
        }
    }

    private static void SayUsage(ParseResult result, IReadOnlyList<string> problems, TextWriter output, TextWriter error)
    {
        // Asked of the tokens: what is wrong may be the option itself.
        var json = result.Tokens.Zip(result.Tokens.Skip(1)).Any(t => t.First.Value == GlobalOptions.Output.Name && t.Second.Value == GlobalOptions.Json);
        var see = $"See `redishabake {Path(result)}--help`.";
        if (json)
        {
            new Terminal(output, error, json, quiet: false, Paint.None).Fail($"{string.Join(" ", problems)} {see}");
            return;
        }

        foreach (var problem in problems)
            error.Write($"error: {problem}\n");
        error.Write(see + "\n");
    }

    private static RootCommand Root() => new(
        "One cluster.yaml in, one text per VM out: Redis that fails over by itself.\n\n"
        + "Exit codes: 0 good; 1 the spec is at fault or the run failed; 2 changes pending (--check); 64 wrong usage.")
    {
        GlobalOptions.Output,
        GlobalOptions.Quiet,
        InitCommand.Create(),
        ValidateCommand.Create(),
        SecretsCommand.Create(),
        GenerateCommand.Create(),
        PreviewCommand.Create(),
        ImageCommand.Create(),
        SchemaCommand.Create(),
        CompletionCommand.Create(),
        LabCommand.Create(),
    };

    private static string Path(ParseResult result)
    {
        var command = result.CommandResult.Command;
        return command is RootCommand ? "" : command.Name + " ";
    }
}
