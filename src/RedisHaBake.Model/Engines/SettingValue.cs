using System.Globalization;
using System.Text.RegularExpressions;

namespace RedisHaBake.Model.Engines;

/// <summary>What a setting of redis.conf or valkey.conf may be set to.</summary>
/// <param name="Expected">In words, for a message.</param>
/// <param name="Grows">Whether a later release of the same engine may take more.</param>
/// <param name="Accepts">Whether a server starts on these words behind the setting's name.</param>
internal sealed partial record SettingValue(string Expected, bool Grows, Func<IReadOnlyList<string>, bool> Accepts)
{
    private static readonly string[] ShutdownWords = ["default", "save", "nosave", "now", "force"];

    private static readonly string[] TitleWords = ["{title}", "{listen-addr}", "{server-mode}", "{port}", "{tls-port}", "{unixsocket}", "{config-file}"];

    /// <summary>One word, whatever it is.</summary>
    public static SettingValue Text { get; } = new("one word; quotes around it where it has spaces", false, words => words.Count == 1);

    /// <summary>yes or no, in any case.</summary>
    public static SettingValue YesOrNo { get; } = OneOf("yes", "no") with { Expected = "yes or no", Grows = false };

    /// <summary>What only a server that was built with Redis's own jemalloc can do, which the distributions' are not.</summary>
    public static SettingValue No { get; } = new("no: a server of the distribution is not built for it, one of packages.redis.io is", false, words => words is [var word] && Is(word, "no"));

    /// <summary>Permissions in octal.</summary>
    public static SettingValue Permissions { get; } = new("permissions such as 700", false, words => words is [var word] && Octal().IsMatch(word));

    /// <summary>Bytes, or a part of maxmemory.</summary>
    public static SettingValue MemoryOrPercent { get; } = new("a size such as 64mb, or a part of maxmemory such as 5%", false, words => words is [var word]
        && (word.EndsWith('%') ? IsWhole(word[..^1], 0, 100) : IsMemory(word, 0)));

    /// <summary>Classes of clients, each with a hard limit, a soft limit and the seconds for which a client may be above that.</summary>
    public static SettingValue BufferLimits { get; } = new("a class (normal, replica, pubsub), a hard limit, a soft limit and seconds, such as `pubsub 32mb 8mb 60`", false, words
        => Split(words) is var parts && parts.Count % 4 == 0 && parts.Chunk(4).All(c => new[] { "normal", "replica", "slave", "pubsub" }.Any(k => Is(c[0], k)) && IsMemory(c[1], 0) && IsMemory(c[2], 0) && IsWhole(c[3], 0, long.MaxValue)));

    /// <summary>Percentiles; an empty word for none.</summary>
    public static SettingValue Percentiles { get; } = new("percentiles from 0 to 100, such as `50 99 99.9`", false, words => words is [""]
        || Split(words).All(w => double.TryParse(w, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 100));

    /// <summary>Classes of keyspace events.</summary>
    public static SettingValue Events { get; } = new("letters of Ag$lshzxeKEtmdn, or \"\" for none", true, words => words is [var word] && word.All(c => "Ag$lshzxeKEtmdn".Contains(c)));

    /// <summary>What `ps` shows.</summary>
    public static SettingValue ProcessTitle { get; } = new($"a text in quotes with more than {{title}} in it; known are {string.Join(", ", TitleWords)}", false, words => words is [var word]
        && TitleWord().Matches(word).All(m => TitleWords.Contains(m.Value))
        && TitleWord().Replace(word, m => m.Value is "{title}" or "{unixsocket}" ? "" : "x") is var shown && !shown.Contains('{') && shown.Trim(' ').Length > 0);

    /// <summary>A whole number.</summary>
    public static SettingValue Whole(long least, long most) => new(most switch
    {
        long.MaxValue or int.MaxValue when least is 0 or 1 => $"a whole number, {least} or more",
        _ when least is int.MinValue or long.MinValue => "a whole number",
        _ => $"a whole number from {least} to {most}",
    }, false, words => words is [var word] && IsWhole(word, least, most));

    /// <summary>Bytes.</summary>
    public static SettingValue Memory(long least) => new(
        least <= 1 ? "a size such as 64mb" : $"a size such as 64mb, {least} bytes or more", false, words => words is [var word] && IsMemory(word, least));

    /// <summary>One of a few words, in any case.</summary>
    public static SettingValue OneOf(params string[] known) => new(
        $"one of {string.Join(", ", known)}", true, words => words is [var word] && known.Any(k => Is(word, k)));

    /// <summary>How a signal ends the server: save and nosave exclude each other.</summary>
    public static SettingValue Shutdown { get; } = new("default, or one or several of save or nosave, now, force", true, words => Split(words) is var parts
        && parts.All(w => ShutdownWords.Any(k => Is(w, k))) && !(parts.Any(w => Is(w, "save")) && parts.Any(w => Is(w, "nosave"))));

    // What takes several words takes them in one pair of quotes as well.
    private static IReadOnlyList<string> Split(IReadOnlyList<string> words) => words is [var word] ? word.Split(' ', StringSplitOptions.RemoveEmptyEntries) : words;

    private static bool Is(string word, string known) => word.Equals(known, StringComparison.OrdinalIgnoreCase);

    // string2ll in util.c: no sign but -, no zero in front, no space.
    private static bool IsWhole(string word, long least, long most)
        => WholeNumber().IsMatch(word) && long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;

    // memtoull in util.c takes a unit without a number as well; nobody means that.
    private static bool IsMemory(string word, long least)
    {
        if (Size().Match(word) is not { Success: true } match || !Int128.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue)
            return false;
        var bytes = number * match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "k" => 1000,
            "kb" => 1 << 10,
            "m" => 1_000_000,
            "mb" => 1 << 20,
            "g" => 1_000_000_000,
            "gb" => 1 << 30,
            _ => 1,
        };
        return bytes >= least && bytes <= long.MaxValue;
    }

    [GeneratedRegex(@"^(?:0|-?[1-9][0-9]{0,18})\z", RegexOptions.None, 1000)]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^(?<number>[0-9]{1,30})(?<unit>b|k|kb|m|mb|g|gb)?\z", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Size();

    [GeneratedRegex(@"^0*[0-7]{1,3}\z", RegexOptions.None, 1000)]
    private static partial Regex Octal();

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.None, 1000)]
    private static partial Regex TitleWord();
}
