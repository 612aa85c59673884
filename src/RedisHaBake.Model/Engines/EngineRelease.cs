using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Model.Engines;

/// <summary>A line of releases of one engine with the words that its servers know: a server does not start on another one.</summary>
/// <param name="Title">"Redis 7.0".</param>
/// <param name="Settings">What may stand first on a line of its configuration.</param>
/// <param name="Commands">Commands, and subcommands in the form config|get.</param>
internal sealed record EngineRelease(string Title, IReadOnlySet<string> Settings, IReadOnlySet<string> Commands)
{
    public static EngineRelease Redis70 { get; } = Make("Redis 7.0", SettingWords.Common, CommandWords.Common);

    public static EngineRelease Redis74 { get; } = Make(
        "Redis 7.4", Join(SettingWords.Common, SettingWords.Since72, SettingWords.Since74), Join(CommandWords.Common, CommandWords.Since72, CommandWords.Redis74));

    public static EngineRelease Redis8 { get; } = Make(
        "Redis 8",
        Join(SettingWords.Common, SettingWords.Since72, SettingWords.Since74, SettingWords.Redis8),
        Join(CommandWords.Common, CommandWords.Since72, CommandWords.Redis74, CommandWords.Redis8));

    public static EngineRelease Valkey7 { get; } = Make(
        "Valkey 7.2", Join(SettingWords.Common, SettingWords.Since72), Join(CommandWords.Common, CommandWords.Since72));

    public static EngineRelease Valkey8 { get; } = Make(
        "Valkey 8",
        Join(SettingWords.Common, SettingWords.Since72, SettingWords.Since74, SettingWords.Valkey8),
        Join(CommandWords.Common, CommandWords.Since72, CommandWords.Valkey8));

    /// <summary>Every one, oldest first per engine.</summary>
    public static IReadOnlyList<EngineRelease> All { get; } = [Redis70, Redis74, Redis8, Valkey7, Valkey8];

    /// <summary>
    /// Which one <paramref name="engine"/> is on <paramref name="os"/>: a distribution stays with the release that it has, packages.redis.io
    /// has the newest one of the major version.
    /// </summary>
    public static EngineRelease For(EngineSpec engine, Spec.OperatingSystem os) => (engine.Kind, engine.Major) switch
    {
        (EngineKind.Valkey, <= 7) => Valkey7,
        (EngineKind.Valkey, _) => Valkey8,
        (_, <= 7) => engine.Source == EngineSource.Distribution && os.Redis.Minor < 4 ? Redis70 : Redis74,
        _ => Redis8,
    };

    /// <summary>
    /// Whether such a server may know words that are not listed here: Redis 8 goes on growing at packages.redis.io, and comes from there
    /// with modules that have settings and commands of their own.
    /// </summary>
    public static bool MayKnowMore(EngineSpec engine) => engine is { Kind: EngineKind.Redis, Source: EngineSource.PackagesRedisIo, Major: >= 8 };

    /// <summary>"; Redis 8 and Valkey 8 have it", of the releases that satisfy <paramref name="have"/>; empty where none does.</summary>
    public static string Have(Func<EngineRelease, bool> have)
    {
        var titles = All.Where(have).Select(r => r.Title).ToList();
        return titles.Count switch
        {
            0 => "",
            1 => $"; {titles[0]} has it",
            _ => $"; {string.Join(", ", titles[..^1])} and {titles[^1]} have it",
        };
    }

    private static EngineRelease Make(string title, string settings, string commands)
        => new(title, Split(settings).ToHashSet(StringComparer.OrdinalIgnoreCase), Split(commands).SelectMany(Unpack).ToHashSet(StringComparer.OrdinalIgnoreCase));

    private static string Join(params string[] words) => string.Join('\n', words);

    private static string[] Split(string words) => words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    // config|get,set is config, config|get and config|set.
    private static IEnumerable<string> Unpack(string word)
        => word.IndexOf('|', StringComparison.Ordinal) is var bar and > 0 ? word[(bar + 1)..].Split(',').Select(sub => word[..(bar + 1)] + sub).Prepend(word[..bar]) : [word];
}
