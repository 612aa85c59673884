using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Page;

/// <summary>The addresses that a spec leaves open, each with a field of its own in the page.</summary>
/// <param name="All">The nodes' in the spec's order, then the extra ones.</param>
internal sealed record LateFields(IReadOnlyList<LateField> All)
{
    /// <summary>The write address; no node has this name, since a host name has no dot.</summary>
    public const string Write = "addresses.write";

    /// <summary>The read address.</summary>
    public const string Read = "addresses.read";

    /// <summary>Those of what <paramref name="generation"/> made.</summary>
    public static LateFields Of(Generation generation)
    {
        var spec = generation.Spec!;
        if (!spec.IsLate)
            return new([]);
        var known = generation.Nodes.SelectMany(n => n.Plan.Known).DistinctBy(k => k.Key).ToDictionary();
        // A proxy's address tells a new node nothing: neither Redis nor Sentinel runs there.
        var nodes = generation.Nodes.Select(n => n.Plan.Self).Where(n => n.Address == Words.Auto && !n.IsOnlyProxy).Select(n => new LateField(n.Name, known.GetValueOrDefault(n.Name, "")));
        var extra = spec.Addresses is { Mode: not AddressMode.None, HasWrite: false, HasRead: false };
        return new([.. nodes, .. extra ? [new LateField(Write, ""), new LateField(Read, "")] : Array.Empty<LateField>()]);
    }

    /// <summary>Whether <paramref name="name"/> has a field.</summary>
    public bool Has(string name) => All.Any(f => f.Name == name);

    /// <summary>Whether the two extra addresses come later.</summary>
    public bool HasExtra => Has(Write);

    /// <summary>An address in the drawing; one that comes later is kept up to date there.</summary>
    public Html Drawn(string name, string address, string unknown, string after = "") => Shown("tspan", name, address, unknown, after);

    /// <summary>The same in running text.</summary>
    public Html Written(string name, string address, string unknown) => Shown("span", name, address, unknown, "");

    private Html Shown(string element, string name, string address, string unknown, string after)
    {
        if (All.FirstOrDefault(f => f.Name == name) is { } field)
        {
            var now = field.Known.Length > 0 ? field.Known + after : unknown;
            return Html.Of($"<{new Html(element)} data-late=\"{name}\" data-unknown=\"{unknown}\" data-after=\"{after}\">{now}</{new Html(element)}>");
        }

        return Html.Of($"{(address is Words.Auto or Words.None ? unknown : address + after)}");
    }
}
