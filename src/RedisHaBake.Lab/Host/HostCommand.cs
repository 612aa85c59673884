using System.Diagnostics;

namespace RedisHaBake.Lab.Host;

/// <summary>The one place where the lab runs programs of this machine.</summary>
internal static class HostCommand
{
    /// <summary>Runs a program to its end and returns what it printed.</summary>
    public static async Task<CommandResult> RunAsync(IReadOnlyList<string> command, string input, CancellationToken ct)
    {
        using var process = Start(command, redirect: true);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            try
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), ct);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended without reading its input; its exit code tells.
            }

            await process.WaitForExitAsync(ct);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Runs a program that must succeed, and returns its standard output.</summary>
    /// <exception cref="LabException">It ended with another code than 0.</exception>
    public static async Task<string> RequireAsync(IReadOnlyList<string> command, string input = "", CancellationToken ct = default)
    {
        var result = await RunAsync(command, input, ct);
        if (result.ExitCode == 0)
            return result.Output;
        var said = result.Error.Trim().Length > 0 ? result.Error.Trim() : result.Output.Trim();
        throw new LabException($"{command[0]} ended with {result.ExitCode}: {LastLines(said, 6)}");
    }

    /// <summary>Runs a program with this terminal and returns its exit code.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">What is added to this program's environment.</param>
    /// <param name="until">Ends the program when this ends; null to let it end by itself.</param>
    /// <param name="ct">The terminal's Ctrl-C, which the program gets too.</param>
    public static async Task<int> AttachAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null, Task? until = null, CancellationToken ct = default)
    {
        using var process = Start(command, redirect: false, environment);
        try
        {
            var end = process.WaitForExitAsync(ct);
            if (until is not null && await Task.WhenAny(end, until) == until && until.IsCompletedSuccessfully)
                process.Kill();
            await end;
        }
        catch (OperationCanceledException)
        {
            // The program got the same Ctrl-C.
            await process.WaitForExitAsync(CancellationToken.None);
        }

        return process.ExitCode;
    }

    /// <summary>Starts a program with a pipe to its standard input, and leaves it running.</summary>
    public static Process Detach(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, UseShellExecute = false };
        return Process.Start(start)!;
    }

    private static Process Start(IReadOnlyList<string> command, bool redirect, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = redirect,
            RedirectStandardOutput = redirect,
            RedirectStandardError = redirect,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new LabException($"{command[0]} cannot be started: {e.Message}; is it installed?", e);
        }
    }

    private static string LastLines(string text, int count)
        => string.Join(Environment.NewLine, text.Split('\n').TakeLast(count));
}
