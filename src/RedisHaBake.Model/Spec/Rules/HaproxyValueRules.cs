using System.Globalization;
using System.Text.RegularExpressions;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>
/// E297 for haproxy.cfg: times, numbers and algorithms that HAProxy would not start on, or take for something else. The rest of its grammar is
/// HAProxy's own to judge, which the agent asks on the VM before it changes anything.
/// </summary>
internal static partial class HaproxyValueRules
{
    private static readonly string[] Numbers = ["maxconn", "backlog", "fullconn", "retries", "max-keep-alive-queue", "max-session-srv-conns"];

    // Each may have an argument in parentheses; what follows belongs to the algorithm.
    private static readonly string[] Algorithms = ["roundrobin", "static-rr", "leastconn", "first", "source", "uri", "url_param", "hdr", "random", "rdp-cookie", "hash", "log-hash", "sticky"];

    public static void Check(RuleContext context, SpecPath path, IReadOnlyList<string> words)
    {
        // What the environment says stands there on the VM.
        if (words.Any(w => w.Contains('$')))
            return;
        switch (words[0])
        {
            case "timeout" when words.Count != 3 || !IsTime(words[2]):
                Add("a time such as 500ms, 30s or 1h, at most 24d; a number alone is milliseconds");
                break;
            case var number when Numbers.Contains(number) && !(words.Count == 2 && WholeNumber().IsMatch(words[1])):
                Add("a whole number; HAProxy takes what it can read of it, and nothing for 0");
                break;
            case "mode" when words.Count > 2:
                Add("nothing behind the mode");
                break;
            case "balance" when words.Count > 1 && !Algorithms.Contains(words[1].Split('(')[0]):
                Add($"one of {string.Join(", ", Algorithms.Take(6))}, ...");
                break;
            case "id" when words.Count != 2 || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0:
                Add("a whole number, 1 or more");
                break;
            default:
                break;
        }

        void Add(string expected) => context.Add(
            "E297", path, $"HAProxy does not take `{Shown.Of(string.Join(' ', words))}`", expected, "correct the line: HAProxy would not start on it, or do what nobody meant");
    }

    // parse_time_err in tools.c: it does not look at what follows the unit.
    private static bool IsTime(string word)
    {
        if (Time().Match(word) is not { Success: true } match || !long.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number))
            return false;
        var ms = match.Groups["unit"].Value switch
        {
            "us" => number / 1000,
            "s" => number * 1000,
            "m" => number * 60_000,
            "h" => number * 3_600_000,
            "d" => number * 86_400_000,
            _ => number,
        };
        return ms <= int.MaxValue;
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,10})(?:(?<unit>us|ms|[smhd]).*)?\z", RegexOptions.None, 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"^[0-9]{1,9}\z", RegexOptions.None, 1000)]
    private static partial Regex WholeNumber();
}
