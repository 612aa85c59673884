using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Shape;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec;

/// <summary>
/// Addresses that came after the spec was written, as an operator gives them beside it: <c>--known redis-a=10.10.90.37</c>, <c>--write</c> and
/// <c>--read</c>. They are read by the same kinds and go through the same rules as those in the spec, and a problem points at the word itself.
/// </summary>
public sealed class LateAddresses
{
    private readonly List<(string Option, string Value)> _said;

    // By the value's path in the spec: which line of the source, and what of it.
    private readonly Dictionary<SpecPath, Span> _places = [];

    /// <summary>What the operator said, in any order; each a line of <see cref="Source"/>.</summary>
    /// <param name="known">NAME=ADDRESS of VMs that were created already.</param>
    /// <param name="write">The write address; null where unsaid.</param>
    /// <param name="read">The read address; null where unsaid.</param>
    public LateAddresses(IReadOnlyList<string> known, string? write = null, string? read = null)
        => _said = [
            .. known.Select(k => ("--known", k)),
            .. write is null ? [] : new[] { ("--write", write) },
            .. read is null ? [] : new[] { ("--read", read) },
        ];

    /// <summary>Nothing was said.</summary>
    public static LateAddresses None { get; } = new([]);

    /// <summary>What problems of <see cref="SourceFile.CommandLine"/> point into: an option a line.</summary>
    public SpecSource Source => new("command line", [.. _said.Select(s => $"{s.Option} {s.Value}")], Root: null);

    /// <summary>The nodes' addresses by name, as far as they were sound.</summary>
    public IReadOnlyDictionary<string, string> Known { get; private set; } = new Dictionary<string, string>();

    /// <summary>
    /// The spec with the write and the read address, and the same with the nodes' addresses too: that one is for the rules, which compare each
    /// address with every other. Problems of the words themselves go to <paramref name="problems"/>.
    /// </summary>
    public (ClusterSpec Spec, ClusterSpec Filled) Read(ClusterSpec spec, ProblemList problems)
    {
        var known = new Dictionary<string, string>();
        for (var i = 0; i < _said.Count; i++)
        {
            var (option, value) = _said[i];
            var start = option.Length + 2;
            if (option == "--known")
                Node(spec, problems, known, value, new(i + 1, start, Math.Max(1, value.Length)));
            else
                spec = Extra(spec, problems, option[2..], value, new(i + 1, start, Math.Max(1, value.Length)));
        }

        if (known.Count > 0 && !known.Keys.Any(k => spec.Nodes.First(n => n.Name == k).Roles.Any(r => r != NodeRole.Haproxy)))
            Add(problems, "E315", _places.Values.First(), $"{string.Join(" and ", known.Keys)} cannot tell a new node who the others are: no Redis and no Sentinel runs there", "a node with the role redis or sentinel", "create such a VM first, and say its address here");
        Known = known;
        return (spec, spec with { Nodes = [.. spec.Nodes.Select(n => known.TryGetValue(n.Name, out var address) ? n with { Address = address } : n)] });
    }

    /// <summary><paramref name="problem"/>, at the word here where its value was said here.</summary>
    public Problem Placed(Problem problem)
        => problem.File == SourceFile.Spec && _places.TryGetValue(problem.Path, out var span) ? problem with { File = SourceFile.CommandLine, Span = span } : problem;

    private void Node(ClusterSpec spec, ProblemList problems, Dictionary<string, string> known, string said, Span whole)
    {
        var equals = said.IndexOf('=');
        if (equals <= 0)
        {
            Add(problems, "E310", whole, $"\"{Shown.Of(said)}\" names no node and address", "NAME=ADDRESS", $"write for example `--known {spec.Nodes[0].Name}=10.10.90.37`");
            return;
        }

        var (name, text) = (said[..equals], said[(equals + 1)..]);
        var index = spec.Nodes.Select(n => n.Name).ToList().IndexOf(name);
        var nameSpan = whole with { Length = name.Length };
        var span = new Span(whole.Line, whole.Column + equals + 1, Math.Max(1, text.Length));
        if (index < 0)
        {
            var names = spec.Nodes.Select(n => n.Name).ToList();
            var nearest = Spelling.Nearest(name, names);
            Add(problems, "E311", nameSpan, $"there is no node {Shown.Of(name)}", $"one of {string.Join(", ", names)}", nearest is null ? "name a node of the spec" : $"write {nearest}");
            return;
        }

        var path = SpecPath.Root["nodes"][index]["address"];
        var written = new ProblemList(SourceFile.CommandLine);
        if (!Kinds.Address.TryRead(new ScalarNode(span, text, Quoted: true), path, written, out var address))
        {
            foreach (var p in written.All)
                problems.Add(p.Code, p.Path, p.Title, p.Expected, $"write the address that the portal shows for {name}, for example `--known {name}=10.10.90.37`", p.Span, SourceFile.CommandLine);
        }
        else if (spec.Nodes[index].Address is var fixedAddress && fixedAddress != Words.Auto)
        {
            if (fixedAddress != address && fixedAddress.Length > 0)
                Add(problems, "E312", span, $"the address of {name} stands in the spec already: {fixedAddress}", $"{fixedAddress}, or `address: auto` in the spec", "leave this out, or correct the spec");
        }
        else if (known.TryGetValue(name, out var other))
        {
            if (other != address)
                Add(problems, "E313", span, $"{name} has two addresses here, {other} and {address}", "one", "look it up in the portal and leave the other out");
        }
        else
        {
            known[name] = address;
            _places[path] = span;
        }
    }

    private ClusterSpec Extra(ClusterSpec spec, ProblemList problems, string key, string text, Span span)
    {
        var path = SpecPath.Of("addresses." + key);
        var written = new ProblemList(SourceFile.CommandLine);
        if (!Kinds.Address.TryRead(new ScalarNode(span, text, Quoted: true), path, written, out var address))
        {
            foreach (var p in written.All)
                problems.Add(p.Code, p.Path, p.Title, p.Expected, $"write the private IP that was acquired for it, for example `--{key} 10.10.90.92`", p.Span, SourceFile.CommandLine);
            return spec;
        }

        var has = key == "write" ? spec.Addresses.Write : spec.Addresses.Read;
        if (has != Words.None)
        {
            if (has != address)
                Add(problems, "E314", span, $"the {key} address stands in the spec already: {has}", $"{has}, or none in the spec", "leave this out, or correct the spec");
            return spec;
        }

        _places[path] = span;
        var mode = spec.Addresses.Mode == AddressMode.None ? AddressMode.Floating : spec.Addresses.Mode;
        return spec with { Addresses = key == "write" ? spec.Addresses with { Mode = mode, Write = address } : spec.Addresses with { Mode = mode, Read = address } };
    }

    private static void Add(ProblemList problems, string code, Span span, string title, string expected, string action)
        => problems.Add(code, SpecPath.Root, title, "expected " + expected, action, span, SourceFile.CommandLine);
}
