using System.Globalization;
using System.Net;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Meeting;

/// <summary>
/// What an agent says by the name of its connection: which node it is, how far, and what it knows, versions included. All of it in each name, so
/// that whoever comes late or was away has missed nothing.
/// </summary>
/// <param name="Node">The node that it says it is.</param>
/// <param name="State"><see cref="Alone"/>, <see cref="Busy"/>, <see cref="Met"/> or <see cref="Replaced"/>.</param>
/// <param name="Nodes">Addresses by node name.</param>
/// <param name="Extra">The extra addresses.</param>
public sealed record CallingCard(string Node, string State, IReadOnlyDictionary<string, Member> Nodes, ExtraAddresses Extra)
{
    /// <summary>No other node knows this one yet.</summary>
    public const string Alone = "alone";

    /// <summary>Another node knows it, and this machine is not yet what the plan says by what was learned last.</summary>
    public const string Busy = "busy";

    /// <summary>Another node knows it, and this machine works by all that it knows.</summary>
    public const string Met = "met";

    /// <summary>A person's word has put another machine in its place.</summary>
    public const string Replaced = "replaced";

    private const string Kind = "redishabake-1";
    private const long LatestVersion = 100_000_000_000_000;

    /// <summary>The name: no space and no line end, as CLIENT SETNAME wants it.</summary>
    public string Write(string cluster) => string.Join(
        ';',
        Kind,
        cluster,
        Node,
        State,
        string.Join(',', Nodes.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => $"{n.Key}={n.Value.Address}/{Text(n.Value.Version)}")),
        $"{Extra.Write}/{Extra.Read}/{Text(Extra.Version)}");

    /// <summary>Reads a connection's name; null for one that is no agent's of <paramref name="cluster"/>, or not well formed: whoever made it, it says nothing.</summary>
    public static CallingCard? TryRead(string name, string cluster)
    {
        if (name.Split(';') is not [Kind, var of, var node, var state, var nodes, var extra] || of != cluster || !IsLabel(node))
            return null;
        Dictionary<string, Member> members = [];
        foreach (var entry in nodes.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Split('=', '/') is not [var who, var address, var version] || !IsLabel(who) || !IsAddress(address, Words.Auto) || Number(version) is not { } v || !members.TryAdd(who, new(address, v)))
                return null;
        }

        return extra.Split('/') is [var write, var read, var said] && IsAddress(write, Words.None) && IsAddress(read, Words.None) && Number(said) is { } saidAt
            ? new(node, state, members, new(write, read, saidAt))
            : null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Milliseconds since 1970 by some node's clock; one far beyond all clocks would leave no later word.
    private static long? Number(string text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < LatestVersion ? number : null;

    private static bool IsLabel(string text) => text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool IsAddress(string text, string orWord)
        => text == orWord || (IPAddress.TryParse(text, out var ip) && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && ip.ToString() == text);
}
