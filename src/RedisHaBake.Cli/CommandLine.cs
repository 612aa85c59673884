using System.CommandLine;
using System.CommandLine.Parsing;
using RedisHaBake.Cli.Commands;
using RedisHaBake.Cli.Files;
using RedisHaBake.Cli.Lab;
using RedisHaBake.Cli.Output;
using RedisHaBake.Cli.Trial;

namespace RedisHaBake.Cli;

/// <summary>The root command and the one place where what went wrong becomes an exit code.</summary>
internal static class CommandLine
{
    // An @ begins the name of a file here, not that of a file with more arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>The program: the same with the standard streams, of which one may be closed.</summary>
    public static async Task<int> RunAsync(string[] args, Func<TextWriter> output, Func<TextWriter> error, IPrograms programs)
    {
        try
        {
            // In this order: the other one, opened first, would get the number of a closed one, and all would go there.
            var first = output();
            return await RunAsync(args, first, error(), programs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SayUnwritable(e, error());
            return ExitCode.Fault;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whoever reads it at work is told that it is not their spec; a stack trace says no more to them.
            error().Write($"error: {e.GetType().Name}: {e.Message} This is a fault of redishabake's own; please report it with the command.\n");
            return ExitCode.Fault;
        }
    }

    /// <summary>Runs <paramref name="args"/>; <paramref name="programs"/> read extra lines, where they are here.</summary>
    /// <returns>0 good, 1 the spec is at fault or the run failed, 2 changes pending, 64 wrong usage.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, IPrograms? programs = null)
    {
        try
        {
            var result = Root(programs ?? new NoPrograms()).Parse(args, Parsing);
            using var document = AsksForJson(result) ? new OneDocument() : null;
            var code = await RunAsync(args, result, new() { Output = document ?? output, Error = error, EnableDefaultExceptionHandler = false });
            if (document is not null)
                output.Write(document.End(code is ExitCode.Good or ExitCode.Pending));
            return code;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SayUnwritable(e, error);
            return ExitCode.Fault;
        }
    }

    // Standard output is full or closed; standard error may be so too.
    private static void SayUnwritable(Exception e, TextWriter error)
    {
        try
        {
            error.Write($"error: the output cannot be written: {UnwritableException.SystemWords(e)}; expected standard output and standard error to take it; check where they lead\n");
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            // The exit code says it.
        }
    }

    private static async Task<int> RunAsync(string[] args, ParseResult result, InvocationConfiguration configuration)
    {
        var problems = UsageErrors.Of(args, result);
        if (problems.Count > 0)
        {
            SayUsage(result, problems, configuration);
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

    // Asked of the tokens: what is wrong may be another option, or the command itself.
    private static bool AsksForJson(ParseResult result)
    {
        for (var i = 1; i < result.Tokens.Count && result.Tokens[i].Type != TokenType.DoubleDash; i++)
        {
            if (result.Tokens[i - 1].Value == GlobalOptions.Output.Name && result.Tokens[i].Value == GlobalOptions.Json)
                return true;
        }

        return false;
    }

    private static void SayUsage(ParseResult result, IReadOnlyList<string> problems, InvocationConfiguration configuration)
    {
        var see = $"See `redishabake {Path(result)}--help`.";
        if (configuration.Output is OneDocument)
        {
            new Terminal(configuration.Output, configuration.Error, quiet: false, Paint.None).Fail(string.Join(" ", problems.Append(see).Select(s => s[^1] is '.' or '?' ? s : s + ".")));
            return;
        }

        foreach (var problem in problems)
            configuration.Error.Write($"error: {problem}\n");
        configuration.Error.Write(see + "\n");
    }

    private static RootCommand Root(IPrograms programs)
    {
        var root = Commands(programs);
        root.Options.Clear();
        foreach (var option in (Option[])[GlobalOptions.Output, GlobalOptions.Quiet, Question.Help(), Question.Version()])
            root.Options.Add(option);
        return root;
    }

    private static RootCommand Commands(IPrograms programs) => new(
        "One cluster.yaml in, one text per VM out: Redis that fails over by itself.\n\n"
        + "Exit codes: 0 good; 1 the spec is at fault or the run failed; 2 changes pending (--check); 64 wrong usage.")
    {
        InitCommand.Create(),
        ValidateCommand.Create(programs),
        SecretsCommand.Create(),
        GenerateCommand.Create(programs),
        PreviewCommand.Create(programs),
        ImageCommand.Create(),
        SchemaCommand.Create(),
        CompletionCommand.Create(),
        LabCommand.Create(),
    };

    // The whole way to it: lab up.
    private static string Path(ParseResult result)
    {
        var path = "";
        for (var at = result.CommandResult; at?.Command is not (null or RootCommand); at = at.Parent as CommandResult)
            path = $"{at.Command.Name} {path}";
        return path;
    }
}
