using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Shape;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E283, E285, E289 and E297: a line inside a section of the operator's own that HAProxy would not start on.</summary>
internal static partial class HaproxyLineRules
{
    private const string NotStart = "correct the line: HAProxy would not start on it";

    private static readonly string[] Proxies = ["listen", "frontend", "backend"];

    public static void Check(RuleContext context, SpecPath path, string section, IReadOnlyList<string> line)
    {
        // A section that is refused itself: what stands in it is no second mistake.
        var haproxy = context.Spec.Os.Haproxy;
        if (!HaproxyWords.Sections(haproxy).Contains(section) || !context.Sound(SpecPath.Of("os")))
            return;
        var negated = line[0] is "no" or "default";
        var words = negated ? [.. line.Skip(1)] : line;
        var word = words.Count > 0 ? words[0] : line[0];
        var title = $"HAProxy {haproxy.ToString(2)}";
        var known = HaproxyWords.Of(section, haproxy);
        var next = words.Count > 1 ? words[1] : "";
        if (negated && !(Proxies.Contains(section) && HaproxyWords.MayFollow(line[0], word, next)) && (section, line[0], word) != ("fcgi-app", "no", "option"))
            context.Add("E283", path, $"HAProxy takes no `{line[0]}` before `{Shown.Of(word == "option" ? $"option {next}" : word)}`", $"the line without `{line[0]}`", NotStart);
        else if (!known.Contains(word))
            context.Add("E283", path, $"{title} knows no `{Shown.Of(word)}` in a `{section}` section", Meant(word, known, "", "a keyword of that section"), NotStart);
        else if (Proxies.Contains(section) && HaproxyWords.After(word, haproxy) is { } after && !after.Contains(next))
            context.Add("E283", path, $"{title} knows no `{word}{(next.Length > 0 ? " " + Shown.Of(next) : "")}`", Meant(next, after, word + " ", $"`{word}` and one of {string.Join(", ", after.Take(4))}, ..."), NotStart);
        else if (word == "bind" && section != "peers")
            Bind(context, path, next, listens: section != "backend");
        else if (word == "server" && Proxies.Contains(section))
            Server(context, path, words);
        else if (!negated && (word == "timeout" || Proxies.Contains(section)))
            HaproxyValueRules.Check(context, path, words);
    }

    // Whatever address: Redis has loopback and the node's own, HAProxy the node's own and the moving ones.
    private static void Bind(RuleContext context, SpecPath path, string addresses, bool listens)
    {
        // HAProxy takes a comma at the end.
        var places = (addresses.EndsWith(',') ? addresses[..^1] : addresses).Split(',');
        if (Array.Find(places, p => !IsOther(p) && Ports(p) is null) is { } bad)
        {
            context.Add(
                "E289",
                path,
                bad.Length == 0 ? "`bind` has no address and port" : $"`{Shown.Of(bad)}` is no address and port",
                "an address, which may be empty or *, a colon, and a port from 1 to 65535 or a range of them",
                NotStart);
            return;
        }

        if (!context.RolesAreSound || !listens)
            return;
        var taken = context.Spec.Nodes.Where(n => n.Roles.Contains(NodeRole.Haproxy)).SelectMany(n => PortRules.Taken(context, n)).ToList();
        foreach (var (from, to) in places.Where(p => !IsOther(p) && MayMeet(context, p)).Select(p => Ports(p)!.Value))
        {
            if (taken.Find(t => t.Port >= from && t.Port <= to) is not { Port: > 0 } hit)
                continue;
            context.Add(
                "E285",
                path,
                $"port {hit.Port} is taken: by {hit.User}",
                "a port that no program of the cluster uses",
                "choose another port: HAProxy would not start");
            return;
        }
    }

    // Whether one of the cluster's programs may listen at this place: an address of the operator's own is nobody else's.
    private static bool MayMeet(RuleContext context, string place)
        => !IPAddress.TryParse(place[..place.LastIndexOf(':')], out var address) || address.Equals(IPAddress.Any) || IPAddress.IsLoopback(address) || address.AddressFamily != AddressFamily.InterNetwork
            || context.Spec.Nodes.Any(n => n.Address == address.ToString() || n.Address == Words.Auto)
            || context.Spec.Addresses.Write == address.ToString() || context.Spec.Addresses.Read == address.ToString();

    private static void Server(RuleContext context, SpecPath path, IReadOnlyList<string> words)
    {
        if (words.Count < 3)
            context.Add("E289", path, "`server` has no name and address", "`server`, a name, an address and perhaps a colon and a port", NotStart);
        else if (!IsOther(words[2]) && words[2].LastIndexOf(':') is var colon and >= 0 && !IsServerPort(words[2][(colon + 1)..]))
            context.Add("E289", path, $"`{Shown.Of(words[2])}` has no port that there is", "an address, or one with a colon and a port from 1 to 65535", NotStart);
    }

    private static string Meant(string word, IReadOnlyList<string> known, string before, string otherwise) => Spelling.Nearest(word, known) is { } meant ? $"`{before}{meant}`, perhaps" : otherwise;

    // A path, a socket that has a name, or what the environment says: no port is written there.
    private static bool IsOther(string address) => address.StartsWith('/') || address.Contains('$') || OtherFamily().IsMatch(address);

    // Null for what HAProxy refuses.
    private static (int From, int To)? Ports(string address)
    {
        var colon = address.LastIndexOf(':');
        return colon >= 0 && PortRange().Match(address, colon + 1) is { Success: true } match
            && int.Parse(match.Groups["from"].Value) is var from and >= 1 and <= 65535
            && (match.Groups["to"].Success ? int.Parse(match.Groups["to"].Value) : from) is var to && to >= from && to <= 65535 ? (from, to) : null;
    }

    // Behind + and - stands a distance from the client's own port.
    private static bool IsServerPort(string port) => port.Length == 0 || (ServerPort().IsMatch(port) && int.Parse(port.TrimStart('+', '-')) <= 65535);

    [GeneratedRegex(@"\G(?<from>[0-9]{1,8})(?:-(?<to>[0-9]{1,8}))?\z", RegexOptions.None, 1000)]
    private static partial Regex PortRange();

    [GeneratedRegex(@"^[+-]?[0-9]{1,8}\z", RegexOptions.None, 1000)]
    private static partial Regex ServerPort();

    [GeneratedRegex(@"^(?:unix|abnsz?|uxst|uxdg|fd|sockpair|rhttp|rev|stream\+|dgram\+)[^@]*@", RegexOptions.None, 1000)]
    private static partial Regex OtherFamily();
}
