using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>The kinds of values that the spec is made of.</summary>
internal static partial class Kinds
{
    public static readonly Kind<bool> Flag = new ScalarKind<bool>(
        "true or false",
        "true",
        () => new() { ["type"] = "boolean" },
        (string text, out bool value) => (value = text == "true") || text == "false",
        plainOnly: true);

    public static readonly ScalarKind<string> HostName = Text("a host name: a-z, 0-9 and hyphens inside, at most 63 characters", "redis-a", HostNamePattern());

    public static readonly Kind<string> Interface = Text("an interface name of at most 15 characters, or auto", "eth0", InterfacePattern());

    public static readonly ScalarKind<string> AclUser = Text("a user name: letters, digits, . _ - and at most 64 characters", "app", AclUserPattern());

    public static readonly Kind<string> Rights = Text(
        "Redis ACL rules separated by one space, without passwords and on/off", "\"~* &* +@all -@dangerous\"", RightsPattern());

    public static readonly Kind<string> Line = Text("one line without control characters, not empty", "\"hz 50\"", LinePattern());

    public static readonly Kind<string> FilePath = Text("a path", "my.asc", LinePattern());

    public static readonly Kind<string> SysctlKey = Text("a sysctl key such as vm.swappiness", "vm.swappiness", SysctlKeyPattern());

    public static readonly Kind<string> SysctlValue = Text("a value of printable ASCII", "1", SysctlValuePattern());

    public static readonly Kind<string> Sha256 = Text("64 hex digits, as `sha256sum FILE` prints them", new string('0', 64), Sha256Pattern());

    public static readonly Kind<string> Save = Text("Redis save points: seconds and changes in pairs, or \"\" for none", "\"3600 1 300 100\"", SavePattern());

    public static readonly Kind<string> Url = new ScalarKind<string>(
        "an http or https URL",
        "https://example.com/redishabake-agent.deb",
        () => new() { ["type"] = "string", ["pattern"] = Portable(UrlPattern()) },
        (string text, out string value) => UrlPattern().IsMatch(value = text) && Uri.TryCreate(text, UriKind.Absolute, out _));

    public static readonly ScalarKind<string> Address = new(
        "an IPv4 address", "10.10.90.37", IpSchema, (string text, out string value) => IsAddress(value = text));

    public static readonly Kind<string> NodeAddress = new ScalarKind<string>(
        "an IPv4 address, or auto", "10.10.90.37", () => new() { ["type"] = "string" }, (string text, out string value) => (value = text) == Words.Auto || IsAddress(text));

    public static readonly Kind<string> Network = new ScalarKind<string>(
        "an IPv4 network from /8 to /29, its host bits zero",
        "10.10.90.0/24",
        () => new() { ["type"] = "string", ["pattern"] = @"^\d+\.\d+\.\d+\.\d+/\d+$" },
        (string text, out string value) => IPNetwork.TryParse(value = text, out var network) && network.ToString() == text
            && network.BaseAddress.AddressFamily == AddressFamily.InterNetwork && network.PrefixLength is >= 8 and <= 29);

    public static readonly Kind<string> AddressOrNetwork = new ScalarKind<string>(
        "an IPv4 address, or a network with its host bits zero",
        "10.10.90.0/24",
        () => new() { ["type"] = "string" },
        (string text, out string value) => IsAddress(value = text)
            || (IPNetwork.TryParse(text, out var network) && network.ToString() == text && network.BaseAddress.AddressFamily == AddressFamily.InterNetwork));

    public static readonly ScalarKind<int> Duration = new(
        "a time in ms, s, m or h, at most 24h",
        "2s",
        () => new() { ["type"] = "string", ["pattern"] = Portable(DurationPattern()) },
        (string text, out int value) => TryDuration(text, out value));

    public static readonly ScalarKind<long> Size = new(
        "a size in kb, mb, gb or tb (1024-based), at most 64tb",
        "512mb",
        () => new() { ["type"] = "string", ["pattern"] = Portable(SizePattern()) },
        (string text, out long value) => TrySize(text, out value));

    public static Kind<int> Port(int example) => Number(1, 65535, example);

    public static Kind<int> Number(int min, int max, int example) => new ScalarKind<int>(
        $"a whole number from {min} to {max}",
        $"{example}",
        () => new() { ["type"] = "integer", ["minimum"] = min, ["maximum"] = max },
        (string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value >= min && value <= max && text == value.ToString(),
        plainOnly: true);

    public static Kind<T> Word<T>(params (string Word, T Value)[] words) => new WordKind<T>(words);

    private static ScalarKind<string> Text(string expected, string example, Regex pattern) => new(
        expected,
        example,
        // YAML's own reading makes a number of a text like 60, and a pattern holds for strings alone.
        () => new() { ["type"] = new JsonArray("string", "integer"), ["pattern"] = Portable(pattern) },
        (string text, out string value) => pattern.IsMatch(value = text));

    // JSON Schema speaks ECMAScript's dialect.
    private static string Portable(Regex pattern) => pattern.ToString().Replace(@"\z", "$").Replace("?<n>", "").Replace("?<unit>", "");

    private static bool IsAddress(string text)
        => IPAddress.TryParse(text, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork && ip.ToString() == text;

    private static JsonObject IpSchema() => new() { ["type"] = "string", ["format"] = "ipv4" };

    private static bool TryDuration(string text, out int ms)
    {
        ms = 0;
        var match = DurationPattern().Match(text);
        if (!match.Success)
            return false;
        var unit = match.Groups["unit"].Value switch { "ms" => 1L, "s" => 1000, "m" => 60_000, _ => 3_600_000 };
        var total = long.Parse(match.Groups["n"].Value) * unit;
        ms = (int)Math.Min(total, int.MaxValue);
        return total is > 0 and <= 24 * 3_600_000;
    }

    private const long LargestSize = 64L << 40;

    private static bool TrySize(string text, out long bytes)
    {
        bytes = 0;
        var match = SizePattern().Match(text);
        if (!match.Success)
            return false;
        var unit = match.Groups["unit"].Value.ToLowerInvariant() switch { "kb" => 10, "mb" => 20, "gb" => 30, _ => 40 };
        var number = long.Parse(match.Groups["n"].Value);
        // Compared before the shift, which would lose the upper bits of a large one.
        if (number > LargestSize >> unit)
            return false;
        bytes = number << unit;
        return true;
    }

    // A user-wide ACL rule: keys, channels, commands and categories. Passwords and on/off belong to the secrets file and to us.
    [GeneratedRegex(@"^(?:(?:%(?:R|W|RW|WR))?~[!-~]*|&[!-~]*|[+-]@?[A-Za-z0-9_.|:-]+|allkeys|allchannels|allcommands|nocommands|resetkeys|resetchannels)(?: (?:(?:%(?:R|W|RW|WR))?~[!-~]*|&[!-~]*|[+-]@?[A-Za-z0-9_.|:-]+|allkeys|allchannels|allcommands|nocommands|resetkeys|resetchannels))*\z", RegexOptions.None, 1000)]
    private static partial Regex RightsPattern();

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.None, 1000)]
    private static partial Regex HostNamePattern();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,14}\z", RegexOptions.None, 1000)]
    private static partial Regex InterfacePattern();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.None, 1000)]
    private static partial Regex AclUserPattern();

    [GeneratedRegex(@"^(?=.*\S)[^\x00-\x1F\x7F-\x9F\u2028\u2029]{1,1000}\z", RegexOptions.None, 1000)]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"^[a-z0-9_]+(?:\.[A-Za-z0-9_-]+)+\z", RegexOptions.None, 1000)]
    private static partial Regex SysctlKeyPattern();

    [GeneratedRegex(@"^[!-~](?:[ -~]{0,98}[!-~])?\z", RegexOptions.None, 1000)]
    private static partial Regex SysctlValuePattern();

    [GeneratedRegex(@"^[0-9A-Fa-f]{64}\z", RegexOptions.None, 1000)]
    private static partial Regex Sha256Pattern();

    [GeneratedRegex(@"^(?:[1-9][0-9]{0,8} [1-9][0-9]{0,8}(?: [1-9][0-9]{0,8} [1-9][0-9]{0,8})*)?\z", RegexOptions.None, 1000)]
    private static partial Regex SavePattern();

    [GeneratedRegex(@"^https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~!$&()*+,;=:@%/?-]*)?\z", RegexOptions.None, 1000)]
    private static partial Regex UrlPattern();

    [GeneratedRegex(@"^(?<n>[1-9][0-9]{0,8})(?<unit>ms|s|m|h)\z", RegexOptions.None, 1000)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"^(?<n>[1-9][0-9]{0,9})(?<unit>[kKmMgGtT][bB])\z", RegexOptions.None, 1000)]
    private static partial Regex SizePattern();
}
