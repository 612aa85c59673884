using System.CommandLine;
using System.Runtime.InteropServices;
using RedisHaBake.Cli.Output;
using RedisHaBake.Lab;

namespace RedisHaBake.Cli.Lab;

/// <summary>Runs a verb: one line for what went wrong, and an orderly end on Ctrl-C.</summary>
internal static class LabAction
{
    private const int Interrupted = 130;

    public static Command Do(this Command command, Func<ParseResult, CancellationToken, Task<int>> action)
    {
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
