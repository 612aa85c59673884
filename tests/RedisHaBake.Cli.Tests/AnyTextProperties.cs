using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using RedisHaBake.Cli.Tests.Page;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Model.Secrets;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Shape;
using YamlDotNet.RepresentationModel;

namespace RedisHaBake.Cli.Tests;

/// <summary>
/// Any text in any field of the spec and of the secrets file: either a problem that names the field, or output that carries exactly that
/// text and has not one line more than with a harmless one. The fields are those of the reader's own table, so that none is forgotten.
/// </summary>
public sealed class AnyTextProperties : IDisposable
{
    private static readonly string[] Nasty =
    [
        "", " ", "a b", "a\nb", "a\r\nrequirepass x", "a\u0085b", "a\u2028b", "\0", "a\tb", "# x", "a # b", ": ", "- a", "{a: b}", "[", "]", "&a", "*a", "!!str a",
        "'", "\"", "a'; reboot; '", "$(reboot)", "`reboot`", "${HOME}", "%[src]", "\\", "a\\", "\\n", "%{+X}", "yes", "null", "~", "0x1F", "1e3", "auto", "none",
        "{{ x }}", "## template: jinja", "#cloud-config", "---", "...", "|", ">", "@", "a\u202Eb", "ü", "日本", "😀", "user x on nopass ~* +@all", "-- ", "../../etc/passwd",
        "http://x/'$(reboot)'", "https://example.com/a b", "10.0.0.1 } drop {", "1\nmasterauth x", new string('a', 70), new string('x', 2000),
    ];

    // JSON is YAML. Every field has a value here that means nothing to any program but its own.
    private static readonly JsonNode Spec = JsonNode.Parse(File.ReadAllText(Repository.At("tests", "RedisHaBake.Cli.Tests", "EveryField.json")))!;

    private static readonly JsonNode Passwords = JsonNode.Parse($$"""
        {"users": {"shop": "correct-horse-battery"}, "internal": { {{string.Join(", ", SecretFields.InternalFields.Select((f, i) => $"\"{f.Name}\": \"{new string((char)('a' + i), 32)}\""))}} } }
        """)!;

    private static readonly IReadOnlyList<TextSlot> SpecSlots = [.. TextSlot.Of(SpecFields.Root, Spec)];

    private static readonly IReadOnlyList<TextSlot> SecretSlots = [.. TextSlot.Of(SecretFields.Root, Passwords)];

    /// <summary>Where a text is found again; a field whose text is kept as it is must stand here.</summary>
    private static readonly Dictionary<string, Func<Generation, string, string>> Carried = new()
    {
        ["apiVersion"] = (_, _) => SpecFields.ApiVersionWord,
        ["name"] = (g, _) => Plan(g).Cluster,
        ["cidr"] = (g, _) => Plan(g).Cidr,
        ["gateway"] = (g, _) => g.Spec!.Gateway,
        ["interface"] = (g, _) => Plan(g).Interface,
        ["agent.url"] = (g, _) => Line(g, "for url in ").Split('\'')[1],
        ["agent.url[0]"] = (g, _) => Line(g, "for url in ").Split('\'')[1],
        ["agent.sha256"] = (g, text) => Line(g, "download-file").Split("SHA256:")[1].Split(' ')[0] is var sum && string.Equals(sum, text, StringComparison.OrdinalIgnoreCase) ? text : sum,
        ["secrets"] = (g, text) => g.SecretsPath == Path.Combine(Path.GetDirectoryName(g.Sources[SourceFile.Spec].Name)!, text) ? text : g.SecretsPath,
        ["nodes[0].name"] = (g, _) => Plan(g).Nodes[0].Name,
        ["nodes[0].address"] = (g, _) => Plan(g).Nodes[0].Address,
        ["initialMaster"] = (g, _) => Plan(g).InitialMaster,
        ["addresses.write"] = (g, _) => Plan(g).Addresses.Write,
        ["addresses.read"] = (g, _) => Plan(g).Addresses.Read,
        ["addresses.pinnedTo"] = (g, _) => Plan(g).Addresses.PinnedTo,
        ["engine.key"] = (g, _) => g.Spec!.Engine.KeyFile,
        ["app.user"] = (g, _) => Plan(g).Users[0].Name,
        ["app.rights"] = (g, text) => Files(Plan(g)).First(f => f.Path.EndsWith("/users.acl", StringComparison.Ordinal)).Content.Contains($" {text}\n") ? Plan(g).Users[0].Rights : "",
        ["users[0].name"] = (g, _) => Plan(g).Users[1].Name,
        ["users[0].rights"] = (g, _) => Plan(g).Users[1].Rights,
        ["redis.maxMemoryPolicy"] = (g, _) => Plan(g).Redis.MaxMemoryPolicy,
        ["redis.appendFsync"] = (g, _) => Plan(g).Redis.AppendFsync,
        ["redis.save"] = (g, _) => Plan(g).Redis.Save,
        ["redis.extra[0]"] = (g, text) => Rendered(g, "/redis.conf", text),
        ["redis.extra[1]"] = (g, text) => Rendered(g, "/redis.conf", text),
        ["sentinel.masterName"] = (g, _) => Plan(g).MasterName,
        ["sentinel.extra[0]"] = (g, _) => Plan(g).Redis.SentinelExtra[0],
        ["sentinel.extra[1]"] = (g, _) => Plan(g).Redis.SentinelExtra[1],
        ["haproxy.statsUser"] = (g, _) => Plan(g).Proxy.StatsUser,
        ["haproxy.extra[0]"] = (g, text) => Rendered(g, "/haproxy.cfg", text),
        ["haproxy.extra[1]"] = (g, text) => Rendered(g, "/haproxy.cfg", text),
        ["keepalived.extra[0]"] = (g, text) => Rendered(g, "/keepalived.conf", text),
        ["kernel.transparentHugepages"] = (g, _) => Plan(g).Kernel.TransparentHugepages,
        ["kernel.sysctl"] = (g, text) => Plan(g).Kernel.Sysctl.ContainsKey(text) ? text : "",
        ["kernel.sysctl.\"net.core.rmem_max\""] = (g, text) => Rendered(g, "sysctl.d", "-net.core.rmem_max = " + text) is { Length: > 0 } ? text : "",
        ["firewall.clients[0]"] = (g, _) => Plan(g).Firewall.Clients[0],

        // A user that left the spec may keep a line in the secrets file: it goes nowhere.
        ["secrets: users"] = (_, text) => text,
        ["secrets: users.shop"] = (g, text) => Plan(g).Users[0].PasswordSha256 == Sha256(text) ? text : "",
        ["secrets: internal.replication"] = (g, _) => Plan(g).Secrets.Replication,
        ["secrets: internal.sentinelToRedis"] = (g, _) => Plan(g).Secrets.SentinelToRedis,
        ["secrets: internal.sentinelToSentinel"] = (g, _) => Plan(g).Secrets.SentinelToSentinel,
        ["secrets: internal.healthCheck"] = (g, _) => Plan(g).Secrets.HealthCheck,
        ["secrets: internal.agent"] = (g, _) => Plan(g).Secrets.Agent,
        ["secrets: internal.stats"] = (g, _) => Plan(g).Secrets.Stats,
        ["secrets: internal.clusterId"] = (g, _) => Plan(g).Secrets.ClusterId,
    };

    private readonly string directory = Directory.CreateTempSubdirectory("redishabake-test-").FullName;

    public static TheoryData<string> Fields => [.. SpecSlots.Select(Name)];

    public static TheoryData<string> SecretsFields => [.. SecretSlots.Select(s => "secrets: " + Name(s))];

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void Every_field_that_keeps_its_text_is_looked_for_in_the_output()
        => Assert.Equal(
            SpecSlots.Where(s => s.IsText).Select(s => s.Path).Concat(SecretSlots.Where(s => s.IsText).Select(s => "secrets: " + s.Path)).Order(StringComparer.Ordinal),
            Carried.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Fields))]
    [MemberData(nameof(SecretsFields))]
    public void A_field_carries_exactly_the_text_or_is_named_in_a_problem(string field)
    {
        var inSecrets = field.StartsWith("secrets: ", StringComparison.Ordinal);
        var slot = inSecrets ? SecretSlots.First(s => "secrets: " + Name(s) == field) : SpecSlots.First(s => Name(s) == field);
        var file = inSecrets ? SourceFile.Secrets : SourceFile.Spec;
        var harmless = Generate(null, file, "");
        // pinnedTo beside floating addresses has no effect, which is said.
        Assert.True(harmless.Succeeded && harmless.Problems.All(p => p.Code == "W216"), string.Join('\n', harmless.Problems));
        var shape = Shape(Pinned(slot) ? Generate(slot, file, "redis-b") : harmless);
        foreach (var text in Nasty)
            Holds(slot, file, text, shape);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(slot.IsText ? 50 : 15), Prop.ForAll(Texts(Harmless(slot, file)), text => Holds(slot, file, text, shape)));
    }

    private bool Holds(TextSlot slot, SourceFile file, string text, string harmless)
    {
        var generation = Generate(slot, file, text);
        if (generation.Succeeded)
        {
            if (Carried.TryGetValue((file == SourceFile.Secrets ? "secrets: " : "") + slot.Path, out var found))
                Assert.Equal(text, found(generation, text));
            // The one word by which another plan is asked for, of the schema that says whom to learn from.
            if (!(slot.Path == "nodes[0].address" && text == Words.Auto))
                Assert.Equal(harmless, Shape(generation));
            return true;
        }

        Assert.Contains(generation.Problems, p => p.Severity == Severity.Error && Names(p, slot, file));
        return true;
    }

    private static bool Names(Problem problem, TextSlot slot, SourceFile file)
    {
        // The file that `secrets` names may be anything; a key of more than a thousand characters is no YAML.
        if (slot.Path == "secrets" && problem.File == SourceFile.Secrets)
            return true;
        if (slot.IsKey && problem is { Code: "E004", Span: not null })
            return true;
        var path = problem.Path.ToString();
        return problem.File == file && (slot.Path.StartsWith(path, StringComparison.Ordinal) || path.StartsWith(slot.Path, StringComparison.Ordinal));
    }

    /// <summary>The number of lines of everything that is written, the plan inside the user-data as the agent's reader takes it, and the page's elements.</summary>
    private static string Shape(Generation generation)
    {
        var shape = new StringBuilder();
        foreach (var node in generation.Nodes)
        {
            Assert.All(node.UserData, c => Assert.True(c is '\n' or (>= ' ' and <= '~')));
            var yaml = new YamlStream();
            yaml.Load(new StringReader(node.UserData));
            var root = (YamlMappingNode)yaml.Documents.Single().RootNode;
            Assert.Equal(["hostname", "write_files", "runcmd"], root.Children.Keys.Select(k => ((YamlScalarNode)k).Value));
            foreach (var written in (YamlSequenceNode)root["write_files"])
                shape.Append($"{((YamlScalarNode)written["path"]).Value} {((YamlScalarNode)written["content"]).Value!.Count(c => c == '\n')}\n");
            var json = ((YamlScalarNode)((YamlSequenceNode)root["write_files"])[0]["content"]).Value!;
            Assert.Equal(NodePlanJson.Write(node.Plan), NodePlanJson.Write(NodePlanJson.Read(json)));
            foreach (var file in Files(node.Plan))
                shape.Append($"{file.Path} {file.Content.Split('\n', '\r', '\u0085', '\u2028', '\u2029').Length}\n");
            shape.Append($"{node.MetaData.Count(c => c == '\n')} {node.NetworkConfig.Count(c => c == '\n')}\n");
        }

        return shape.Append(PageDocument.Of(generation).Shape).ToString();
    }

    private Generation Generate(TextSlot? slot, SourceFile file, string text)
    {
        var spec = slot is not null && file == SourceFile.Spec ? slot.Put(Spec, text) : Spec.DeepClone();
        if (slot is not null && Pinned(slot))
            spec["addresses"]!["mode"] = "pinned";
        var path = Path.Combine(directory, "cluster.yaml");
        Write("passwords.yaml", slot is not null && file == SourceFile.Secrets ? slot.Put(Passwords, text) : Passwords);
        Write("cluster.yaml", spec);
        File.Copy(Repository.At("src", "RedisHaBake.Cli", "Resources", "packages.redis.io.asc"), Path.Combine(directory, "my.asc"), overwrite: true);
        return Generation.Run(path, keepSecrets: false);
    }

    private void Write(string name, JsonNode node)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, node.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true }));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static string Harmless(TextSlot slot, SourceFile file)
    {
        if (slot.IsKey)
            return (string)slot.Steps[^1];
        var node = file == SourceFile.Spec ? Spec : Passwords;
        foreach (var step in slot.Steps)
            node = step is int i ? node[i]! : node[(string)step]!;
        return node.ToString();
    }

    private static string Name(TextSlot slot) => slot.Path + (slot.IsKey ? " (a key)" : "");

    private static bool Pinned(TextSlot slot) => slot.Path == "addresses.pinnedTo";

    private static NodePlan Plan(Generation generation) => generation.Nodes[0].Plan;

    /// <summary>A line as a whole of what the agent would write; empty where there is none.</summary>
    private static string Rendered(Generation generation, string file, string line) => Files(Plan(generation)).First(f => f.Path.Contains(file)).Content.Split('\n').Contains(line) ? line : "";

    private static IReadOnlyList<ManagedFile> Files(NodePlan plan) => ManagedFiles.For(plan, new(plan.Self.Address, "eth0", new(7, 0, 15), new(2, 6, 12), LifeMark: RedisConf.Blank));

    private static string Line(Generation generation, string part) => generation.Nodes[0].UserData.Split('\n').First(l => l.Contains(part));

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool WellFormed(string text) => !text.EnumerateRunes().Contains(Rune.ReplacementChar);

    private static Arbitrary<string> Texts(string harmless)
    {
        var any = ArbMap.Default.GeneratorFor<string>().Where(t => t is not null && WellFormed(t));
        var nasty = Gen.Elements(Nasty);
        var around = from a in Gen.OneOf(any, nasty) from before in Gen.Elements(true, false) select before ? a + harmless : harmless + a;
        return Gen.OneOf(any, around, from a in nasty from b in nasty select a + b).ToArbitrary();
    }
}
