using System.Net;
using System.Text.Json.Nodes;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Rules;

namespace RedisHaBake.Cli.Page;

/// <summary>
/// What is said about a typed address, in the words of the rules: each case that the page can tell is tried here with an address that
/// meets it, the way that `generate --known` goes. So there is one place where a rule and its words stand, and it is not the page.
/// </summary>
internal sealed class LateRules
{
    private const string Typed = "{}";

    // Networks for documentation: no portal gives these out.
    private static readonly string[] Elsewhere = ["203.0.113.77", "198.51.100.88", "192.0.2.99"];

    private readonly Generation _generation;
    private readonly LateFields _late;
    private readonly IPNetwork _network;
    private readonly HashSet<string> _before;
    private readonly List<string> _taken;
    private readonly List<string> _free;

    public LateRules(Generation generation, LateFields late)
    {
        _generation = generation;
        _late = late;
        var spec = generation.Spec!;
        _network = IPNetwork.Parse(spec.Cidr);
        _before = [];
        _before = [.. Try([]).Select(p => Key(p.Problem))];
        _taken = [.. spec.Nodes.Select(n => n.Address).Append(spec.Addresses.Write).Append(spec.Addresses.Read).Append(spec.Gateway).Where(a => a is not (Words.Auto or Words.None)), Address(0), Address(Size - 1)];
        _taken = [.. _taken.Distinct()];
        _free = [.. Enumerable.Range(1, (int)Math.Min(Size - 2, 64)).Select(i => Address(i * ((Size - 2) / Math.Min(Size - 2, 64)))).Where(a => !_taken.Contains(a))];
    }

    private long Size => 1L << (32 - _network.PrefixLength);

    /// <summary>
    /// For the page's script, per field: what is said of a text that is no address, of an address outside the network, of one inside that nobody
    /// has, and of each that is taken; alone, and beside another field with the same. "{}" stands for what was typed.
    /// </summary>
    public JsonObject Write() => new(_late.All.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)new JsonObject
    {
        ["format"] = Said(["no address", "another text"], text => Of(field.Name, [(field.Name, text)])),
        ["outside"] = Case(field, Elsewhere.Where(a => !_network.Contains(IPAddress.Parse(a)))),
        ["free"] = Case(field, _free),
        ["taken"] = new JsonObject(_taken.Select(a => KeyValuePair.Create(a, (JsonNode?)Case(field, [a])))),
    })));

    private JsonObject Case(LateField field, IEnumerable<string> witnesses)
    {
        var alone = Said(witnesses, text => Of(field.Name, [(field.Name, text)]));
        var same = new JsonObject();
        foreach (var other in _late.All.Where(o => o != field))
        {
            var beside = Said(witnesses, text => Of(field.Name, [(field.Name, text), (other.Name, text)]));
            if (!JsonNode.DeepEquals(beside, alone))
                same[other.Name] = beside;
        }

        return new() { ["alone"] = alone, ["same"] = same };
    }

    // Two addresses that give the same words but for themselves: then what is left is the rule's own.
    private static JsonArray Said(IEnumerable<string> witnesses, Func<string, List<Problem>> problems)
    {
        var before = new List<string>();
        JsonArray? said = null;
        foreach (var text in witnesses)
        {
            said = Json([.. problems(text).Select(p => p with { Title = General(p.Title, text), Expected = General(p.Expected, text), Action = General(p.Action, text) })]);
            if (before.Contains(said.ToJsonString()))
                break;
            before.Add(said.ToJsonString());
        }

        return said ?? [];
    }

    private static string General(string words, string typed) => words.Replace(typed, Typed);

    private static JsonArray Json(List<Problem> problems) => new([.. problems.Select(p => (JsonNode)new JsonObject
    {
        ["code"] = p.Code,
        ["title"] = p.Title,
        ["expected"] = p.Expected,
        ["action"] = p.Action,
    })]);

    /// <summary>The problems that belong to <paramref name="field"/>.</summary>
    private List<Problem> Of(string field, IReadOnlyList<(string Field, string Text)> typed)
        => [.. Try(typed).Where(p => p.Field == field || (p.Field.Length == 0 && typed.Count == 1)).Select(p => p.Problem)];

    // A problem of the spec itself that was not there before has come by what was typed.
    private List<(string Field, Problem Problem)> Try(IReadOnlyList<(string Field, string Text)> typed)
    {
        // In the page's order, whichever of them is looked at.
        var nodes = typed.Where(t => t.Field is not (LateFields.Write or LateFields.Read)).OrderBy(t => _late.All.TakeWhile(f => f.Name != t.Field).Count()).ToList();
        var write = typed.FirstOrDefault(t => t.Field == LateFields.Write).Text;
        var read = typed.FirstOrDefault(t => t.Field == LateFields.Read).Text;
        string[] lines = [.. nodes.Select(n => n.Field), .. write is null ? [] : new[] { LateFields.Write }, .. read is null ? [] : new[] { LateFields.Read }];
        var late = new LateAddresses([.. nodes.Select(n => $"{n.Field}={n.Text}")], write, read);
        var problems = new ProblemList();
        var (_, filled) = late.Read(_generation.Spec!, problems);
        SpecRules.Check(filled, problems, _generation.Sources[SourceFile.Spec].Has, handsOut: true);
        return
        [
            .. problems.All.Select(late.Placed).Where(p => !_before.Contains(Key(p)))
                .Select(p => (p.File == SourceFile.CommandLine ? lines[p.Span!.Value.Line - 1] : "", p)),
        ];
    }

    private static string Key(Problem problem) => $"{problem.Code} {problem.Title} {problem.Expected} {problem.Action}";

    private string Address(long offset)
    {
        var bytes = _network.BaseAddress.GetAddressBytes();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes) + offset));
        return new IPAddress(bytes).ToString();
    }
}
