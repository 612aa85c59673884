using System.CommandLine;
using System.Runtime.InteropServices;
using RedisHaBake.Cli.Output;
using RedisHaBake.Lab;

namespace RedisHaBake.Cli.Lab;

/// <summary>Runs a verb: one line for what went wrong, and an orderly end on Ctrl-C.</summary>
internal static class LabAction
{
    private const int Interrupted = 130;

    /// <summary>Gives <paramref name="command"/> its <paramref name="action"/>.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="action">What it does.</param>
    /// <param name="passesOn">Whether its standard output is that of another program, or a show for people.</param>
    public static Command Do(this Command command, Func<ParseResult, CancellationToken, Task<int>> action, bool passesOn = false)
    {
        if (passesOn)
        {
            command.Validators.Add(result =>
            {
                if (result.GetValue(GlobalOptions.Output) == GlobalOptions.Json)
                    result.AddError($"lab {command.Name} has no JSON of its own: its output is another program's or for people; leave --output json out (lab status, record and drill have it)");
            });
        }

        // A synchronous action: with an asynchronous one System.CommandLine ends the process two seconds after Ctrl-C.
        command.SetAction(result => RunAsync(result, action).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            return await action(result, stop.Token);
        }
        catch (LabException e)
        {
            Terminal.For(result).Fail(e.Message);
            return ExitCode.Fault;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Terminal.For(result).Fail("interrupted; a lab that this command was making is gone");
            return Interrupted;
        }
    }
}
