using System.Diagnostics;

namespace RedisHaBake.Image.Tests;

/// <summary>Runs a command line as a person would at a terminal, in the repository.</summary>
internal static class Bash
{
    /// <summary>The repository.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Cluster.Tests.LabGround.Spec)!)!, ".."));

    /// <summary>Where images are kept.</summary>
    public static string Images => Path.Combine(Repository, "artifacts", "images");

    /// <summary>Exit code and all that was said.</summary>
    public static (int ExitCode, string Output) Run(string script, TimeSpan limit)
    {
        // timeout(1) ends what hangs, also when this process is gone.
        var start = new ProcessStartInfo("timeout", ["--kill-after=10", $"{limit.TotalSeconds:0}", "bash", "-c", "exec 2>&1; set -eu; " + script])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = Repository,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    /// <summary>The same for what must succeed.</summary>
    public static string Must(string script, TimeSpan limit)
    {
        var (exitCode, output) = Run(script, limit);
        Assert.True(exitCode == 0, $"`{script}` ended with {exitCode}:\n{output}");
        return output;
    }

    /// <summary>The same within half a minute.</summary>
    public static string Must(string script) => Must(script, TimeSpan.FromSeconds(30));
}
