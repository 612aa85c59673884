using System.ComponentModel;
using System.Diagnostics;

namespace RedisHaBake.Agent.Machine;

/// <summary>Real programs of this machine.</summary>
public sealed class Programs : IPrograms
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task<ProgramResult> RunAsync(string file, IReadOnlyList<string> arguments, CancellationToken ct = default)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["LC_ALL"] = "C";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        using var process = Start(start);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            throw new MachineException($"{file} did not end within {Limit.TotalSeconds:0} s; run it by hand to see why: {file} {string.Join(' ', arguments)}", e);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new MachineException($"{start.FileName} cannot be run: {e.Message}; install the package that brings it, then restart redishabake-agent", e);
        }
    }
}
