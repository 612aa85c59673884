using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RedisHaBake.Cli;

namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>Each worked example of cloud-init/, as Redis on Debian 12 and 13 and as Valkey on Debian 13, for a stock image and for a baked one; and so with a spec that sets every key there is.</summary>
public sealed class WorkedSpecs : IDisposable
{
    internal static readonly string Examples = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "cloud-init"));

    // Not an example that anybody would copy: every key of the spec has a value there.
    private const string EveryField = "every-field";

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("redishabake-specs-");
    private readonly Dictionary<string, Generation> generated = [];

    /// <summary>"five, debian-13, valkey, baked" and so on.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.GetDirectories(Examples).Select(d => Path.GetFileName(d)!).Where(n => n is not ("lab" or "late")).Order(StringComparer.Ordinal).Append(EveryField)
            .SelectMany(n => (string[])[$"{n}, debian-12, redis", $"{n}, debian-13, redis", $"{n}, debian-13, valkey"])
            .SelectMany(n => (string[])[$"{n}, stock", $"{n}, baked"]),
    ];

    /// <summary>What the generator makes of it.</summary>
    public Generation this[string name]
    {
        get
        {
            lock (generated)
                return generated.TryGetValue(name, out var known) ? known : generated[name] = Generate(name.Split(", "));
        }
    }

    public void Dispose() => directory.Delete(recursive: true);

    /// <summary>One node for each set of roles: the others' texts differ in their names only.</summary>
    public IEnumerable<NodeTexts> OnePerRole(string name) => this[name].Nodes.DistinctBy(n => string.Join('+', n.Plan.Self.Roles));

    private Generation Generate(string[] words)
    {
        var path = Path.Combine(directory.FullName, string.Join('-', words) + ".yaml");
        File.WriteAllText(path, words[0] == EveryField ? Everything(words) : Example(words));
        var generation = Generation.Run(path, keepSecrets: false);
        Assert.True(generation.Succeeded, string.Join('\n', generation.Problems));
        return generation;
    }

    private static string Everything(string[] words)
    {
        var spec = JsonNode.Parse(File.ReadAllText(Path.Combine(Examples, "..", "tests", "RedisHaBake.Cli.Tests", "EveryField.json")))!.AsObject();
        (spec["os"], spec["engine"], spec["baked"]) = (words[1], new JsonObject { ["kind"] = words[2] }, words[3] == "baked");
        if (words[3] == "baked")
            spec.Remove("agent");
        else
            spec["agent"]!["url"] = new JsonArray("https://one.example.com/a.deb", "http://two.example.com/a.deb");
        return spec.ToJsonString();
    }

    private static string Example(string[] words)
    {
        var spec = File.ReadAllText(Path.Combine(Examples, words[0], "cluster.yaml"));
        foreach (var key in (string[])["os", "baked", "engine", "agent", "secrets"])
            spec = Regex.Replace(spec, $@"^{key}:.*\n(?:[ \t]+.*\n)*", "", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
        spec += $"\nos: {words[1]}\nengine: {{kind: {words[2]}}}\nsecrets: {Examples}/secrets.example.yaml\n";
        return spec + (words[3] == "baked"
            ? "baked: true\n"
            : $"agent: {{url: [\"https://one.example.com/a.deb\", \"http://two.example.com/a.deb\"], sha256: {new string('a', 64)}}}\n");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
