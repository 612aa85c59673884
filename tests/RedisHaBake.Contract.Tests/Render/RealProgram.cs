using System.Diagnostics;
using System.Text;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>One real program, started by a test and ended with it; its output is kept for the message of a failing test.</summary>
internal sealed class RealProgram : IDisposable
{
    // Should the test runner be killed, timeout(1) still ends the program.
    private const string Limit = "300";

    private readonly Process process;
    private readonly StringBuilder output = new();

    private RealProgram(Process process) => this.process = process;

    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    public static RealProgram Start(string program, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("timeout") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["--foreground", "--signal=KILL", Limit, program, .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C";
        var running = new RealProgram(new Process { StartInfo = start });
        running.process.OutputDataReceived += (_, e) => running.Keep(e.Data);
        running.process.ErrorDataReceived += (_, e) => running.Keep(e.Data);
        running.process.Start();
        running.process.BeginOutputReadLine();
        running.process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Runs a program to its end: the exit code and all it said.</summary>
    public static (int ExitCode, string Output) Run(string program, params IReadOnlyList<string> arguments)
        => Run(program, TimeSpan.FromSeconds(30), arguments);

    /// <summary>The same for a program that may take its time.</summary>
    public static (int ExitCode, string Output) Run(string program, TimeSpan limit, IReadOnlyList<string> arguments)
    {
        using var running = Start(program, arguments);
        Assert.True(running.process.WaitForExit(limit), $"{program} did not end within {limit}; it said:\n{running.Output}");
        running.process.WaitForExit();
        return (running.process.ExitCode, running.Output);
    }

    /// <summary>kill -9, and wait until it is gone: timeout(1) ends after the program that it waits for.</summary>
    public void Kill()
    {
        try
        {
            var children = File.ReadAllText($"/proc/{process.Id}/task/{process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var child in children)
                Process.GetProcessById(int.Parse(child)).Kill();
            if (children.Length == 0)
                process.Kill();
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException)
        {
            // It ended by itself in this moment.
        }

        Assert.True(process.WaitForExit(5_000), $"{process.StartInfo.ArgumentList[3]} survived kill -9");
    }

    /// <summary>SIGTERM through timeout(1), which passes it on, and wait for the end.</summary>
    public void Stop()
    {
        Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();
        Assert.True(process.WaitForExit(10_000), $"{process.StartInfo.ArgumentList[3]} did not stop; it said:\n{Output}");
    }

    /// <summary>Tells it what a reload tells the old process (SIGUSR1): to end once its sessions have; timeout(1) would not pass that on.</summary>
    public void EndSoftly()
    {
        foreach (var child in File.ReadAllText($"/proc/{process.Id}/task/{process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Process.Start("kill", ["-USR1", child]).WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (output)
            output.AppendLine(line);
    }
}
