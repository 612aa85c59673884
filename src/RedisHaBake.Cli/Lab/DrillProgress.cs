using RedisHaBake.Cli.Output;
using Spectre.Console;

namespace RedisHaBake.Cli.Lab;

/// <summary>One line that says what a drill is doing, where there is a terminal; elsewhere each run's result is all that is said.</summary>
internal sealed class DrillProgress(Terminal terminal)
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Shows <paramref name="title"/> and what <paramref name="work"/> says, while it works.</summary>
    public Task<T> ShowAsync<T>(string title, Func<Action<string>, Task<T>> work)
    {
        if (terminal.IsJson || Console.IsErrorRedirected || !_console.Profile.Capabilities.Ansi)
            return work(_ => { });
        return _console.Status().StartAsync(Markup.Escape(title), context => work(line => context.Status(Markup.Escape($"{title}: {line}"))));
    }
}
