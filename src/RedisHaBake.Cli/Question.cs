using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using RedisHaBake.Cli.Output;

namespace RedisHaBake.Cli;

/// <summary>--help and --version: questions about the program, answered in JSON too, and beside every other option.</summary>
/// <param name="name">The answer's member in JSON.</param>
/// <param name="answer">Writes the answer to the run's output.</param>
internal sealed class Question(string name, Action<ParseResult> answer) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>--help without the library's further names: /h is the path of a file here.</summary>
    public static Option Help()
    {
        var help = new HelpOption("--help", "-h");
        var action = (HelpAction)help.Action!;
        help.Action = new Question("help", result => action.Invoke(result));
        return help;
    }

    /// <summary>--version.</summary>
    public static Option Version() => new Option<bool>("--version")
    {
        Description = "Show the version.",
        Action = new Question("version", result => result.InvocationConfiguration.Output.Write(Text(result))),
    };

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        answer(parseResult);
        (parseResult.InvocationConfiguration.Output as OneDocument)?.Wrap(name);
        return ExitCode.Good;
    }

    private static string Text(ParseResult result)
        => typeof(Question).Assembly.GetName().Version!.ToString(3) + (result.InvocationConfiguration.Output is OneDocument ? "" : "\n");
}
