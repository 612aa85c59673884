using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Portal;

/// <summary>The addresses that a spec leaves open until the portal has shown them.</summary>
/// <param name="Names">Of nodes, and <see cref="Write"/> and <see cref="Read"/>.</param>
internal sealed record LateAddresses(IReadOnlyList<string> Names)
{
    /// <summary>The write address; no node can have this name, since a host name has no dot.</summary>
    public const string Write = "addresses.write";

    /// <summary>The read address.</summary>
    public const string Read = "addresses.read";

    /// <summary>Those of <paramref name="spec"/>.</summary>
    public static LateAddresses Of(ClusterSpec spec) => new([.. spec.Nodes.Where(n => n.Address == Words.Auto).Select(n => n.Name)]);

    /// <summary>An address in the drawing; one that comes later is kept up to date there.</summary>
    public Html Show(string name, string address)
        => Names.Contains(name) ? Html.Of($"<tspan data-late=\"{name}\">not known yet</tspan>") : Html.Of($"{address}");

    /// <summary>The same in running text.</summary>
    public Html Text(string name, string address)
        => Names.Contains(name) ? Html.Of($"<span data-late=\"{name}\">not known yet</span>") : Html.Of($"{address}");
}
