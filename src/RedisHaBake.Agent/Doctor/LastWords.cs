using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Doctor;

/// <summary>What a Redis or a Sentinel said of itself before it ended: the reason, which systemd does not know.</summary>
public static class LastWords
{
    // In the first line of every process: what stands before it is another one's.
    private const string Start = "oO0OoO0OoO0Oo";
    private const string Crash = "BUG REPORT START";
    private const string Trace = "STACK TRACE";
    private const string Fatal = "Exiting...";

    // What is said after these is daily life, a link lost or a master down, and not why it ended.
    private static readonly string[] Running = ["Ready to accept connections", "Sentinel ID is"];

    /// <summary>The last that it said in this boot and that tells why; empty where it said nothing of the kind, or the journal cannot be read.</summary>
    /// <param name="programs">The machine's programs.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="binary">Its program; what the unit's hooks say has another name in the journal.</param>
    /// <param name="ct">Ends the reading.</param>
    public static async Task<string> ReadAsync(IPrograms programs, string unit, string binary, CancellationToken ct)
    {
        try
        {
            var journal = await programs.RunAsync(
                "/usr/bin/journalctl", ["--boot", "--quiet", "--no-pager", "--output=cat", "--lines=2000", $"--unit={unit}", $"--identifier={Path.GetFileName(binary)}"], ct);
            return journal.ExitCode == 0 ? Of(journal.Output) : "";
        }
        catch (MachineException)
        {
            return "";
        }
    }

    /// <summary>The same of its lines: of the last process that had something to tell, without the memory dump of a crash.</summary>
    public static string Of(string lines)
    {
        List<List<string>> processes = [[]];
        foreach (var line in lines.Split('\n'))
        {
            if (line.Contains(Start, StringComparison.Ordinal))
                processes.Add([]);
            else
                processes[^1].Add(line);
        }

        // One that has said nothing yet is just being started. One that ran well has nothing to do with what those before it said.
        foreach (var process in Enumerable.Reverse(processes))
        {
            var words = EngineWords.Of(string.Join('\n', Reason(process)), "");
            if (words.Length > 0 || process.Exists(IsRunning))
                return words;
        }

        return "";
    }

    private static bool IsRunning(string line) => Running.Any(r => line.Contains(r, StringComparison.Ordinal));

    // A crash says its reason first, and then much that only a developer reads.
    private static IEnumerable<string> Reason(List<string> process)
    {
        var crash = process.FindIndex(l => l.Contains(Crash, StringComparison.Ordinal));
        return crash >= 0 ? process.Skip(crash).TakeWhile(l => !l.Contains(Trace, StringComparison.Ordinal))
            : process.Exists(IsRunning) ? process.Where(l => l.EndsWith(Fatal, StringComparison.Ordinal))
            : process;
    }
}
