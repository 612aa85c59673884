using System.Globalization;

namespace RedisHaBake.Lab.Host;

/// <summary>How many open files a process of a machine that shares this computer's kernel may have at most.</summary>
public static class OpenFiles
{
    private const int MayRaise = 24;

    /// <summary>The most: fs.nr_open where root may raise the limit (CAP_SYS_RESOURCE, capabilities(7)), else this process's hard limit.</summary>
    public static long Most() => Most(Read("/proc/self/status"), Read("/proc/self/limits"), Read("/proc/sys/fs/nr_open"));

    /// <summary>The same from the texts of proc(5).</summary>
    public static long Most(string status, string limits, string open)
    {
        var most = Number(open.Trim(), long.MaxValue);
        var capabilities = Line(status, "CapEff:");
        var mayRaise = ulong.TryParse(capabilities.Split('\t')[^1].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var set) && (set >> MayRaise & 1) == 1;
        // "Max open files   soft   hard   files"
        var words = Line(limits, "Max open files").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return mayRaise || words.Length < 5 ? most : Math.Min(most, Number(words[4], most));
    }

    private static long Number(string text, long otherwise) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static string Line(string text, string start) => text.Split('\n').FirstOrDefault(l => l.StartsWith(start, StringComparison.Ordinal)) ?? "";

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
