using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Model.Spec.Problems;
using YamlDotNet.RepresentationModel;

namespace RedisHaBake.Cli.Tests;

/// <summary>
/// Any text in any field: either a problem that names the field, or output that carries exactly that text and has not one line more than
/// with a harmless one.
/// </summary>
public sealed class AnyTextProperties : IDisposable
{
    private static readonly string[] Nasty =
    [
        "", " ", "a b", "a\nb", "a\r\nrequirepass x", "a\u0085b", "a\u2028b", "\0", "a\tb", "# x", "a # b", ": ", "- a", "{a: b}", "[", "]", "&a", "*a", "!!str a",
        "'", "\"", "a'; reboot; '", "$(reboot)", "`reboot`", "${HOME}", "%[src]", "\\", "a\\", "\\n", "%{+X}", "yes", "null", "~", "0x1F", "1e3", "auto", "none",
        "{{ x }}", "## template: jinja", "#cloud-config", "---", "...", "|", ">", "@", "a\u202Eb", "ü", "日本", "😀", "\ud83d", "user x on nopass ~* +@all", "-- ", "../../etc/passwd",
        "http://x/'$(reboot)'", "https://example.com/a b", new string('a', 70), new string('x', 2000),
    ];

    private static readonly Slot[] Slots =
    [
        new("name", "shop", (g, _) => g.Nodes[0].Plan.Cluster),
        new("interface", "eth7", (g, _) => g.Nodes[0].Plan.Interface),
        new("nodes[0].name", "redis-a", (g, _) => g.Nodes[0].Plan.Nodes[0].Name),
        new("nodes[0].address", "10.10.90.37", (g, _) => g.Nodes[0].Plan.Nodes[0].Address),
        new("addresses.write", "10.10.90.92", (g, _) => g.Nodes[0].Plan.Addresses.Write),
        new("app.user", "shop", (g, _) => g.Nodes[0].Plan.Users[0].Name),
        new("app.rights", "~* +@read", (g, _) => g.Nodes[0].Plan.Users[0].Rights),
        new("sentinel.masterName", "shop", (g, _) => g.Nodes[0].Plan.MasterName),
        new("sentinel.extra[0]", "loglevel verbose", (g, _) => g.Nodes[0].Plan.Redis.SentinelExtra[0]),
        new("redis.save", "3600 1", (g, _) => g.Nodes[0].Plan.Redis.Save),
        new("redis.extra[0]", "hz 50", (g, _) => g.Nodes[0].Plan.Redis.Extra[0]),
        new("haproxy.statsUser", "ops", (g, _) => g.Nodes[0].Plan.Proxy.StatsUser),
        new("haproxy.extra[0]", "listen mine", (g, _) => g.Nodes[0].Plan.Proxy.Extra[0]),
        new("keepalived.extra[0]", "# mine", (g, _) => g.Nodes[0].Plan.Proxy.KeepalivedExtra[0]),
        new("kernel.sysctl.\"vm.swappiness\"", "1", (g, _) => g.Nodes[0].Plan.Kernel.Sysctl["vm.swappiness"]),
        new("firewall.clients[0]", "10.0.0.1", (g, _) => g.Nodes[0].Plan.Firewall.Clients[0]),
        new("agent.url", "https://example.com/a.deb", (g, _) => g.Spec!.Agent.Urls[0]),
        new("agent.sha256", new string('a', 64), (g, text) => string.Equals(g.Spec!.Agent.Sha256, text, StringComparison.OrdinalIgnoreCase) ? text : g.Spec.Agent.Sha256),
    ];

    private readonly string directory = Directory.CreateTempSubdirectory("redishabake-test-").FullName;

    public static TheoryData<string> Fields => [.. Slots.Select(s => s.Path)];

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_field_carries_exactly_the_text_or_is_named_in_a_problem(string field)
    {
        var slot = Slots.First(s => s.Path == field);
        var harmless = Shape(Generate(slot, slot.Harmless));
        foreach (var text in Nasty)
            Holds(slot, text, harmless);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Texts(slot.Harmless), text => Holds(slot, text, harmless)));
    }

    [Fact]
    public void A_persons_password_leaves_as_its_hash_or_is_named_in_a_problem()
    {
        void Holds(string password)
        {
            File.WriteAllText(Path.Combine(directory, "passwords.yaml"), $"users:\n  shop: {Quoted(password)}\n");
            var generation = Generate(Slots[0], "shop", "secrets: passwords.yaml\n");
            if (generation.Succeeded)
                Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password))), generation.Nodes[0].Plan.Users[0].PasswordSha256);
            else
                Assert.All(generation.Problems.Where(p => p.Severity == Severity.Error), p => Assert.Equal(SourceFile.Secrets, p.File));
        }

        foreach (var text in Nasty.Where(WellFormed))
            Holds(text);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Texts("correct-horse"), text =>
        {
            Holds(text);
            return true;
        }));
    }

    private bool Holds(Slot slot, string text, string harmless)
    {
        if (!WellFormed(text))
            return true;
        var generation = Generate(slot, text);
        if (!generation.Succeeded)
        {
            Assert.Contains(generation.Problems, p => p.Severity == Severity.Error && (p.Path.ToString() + "[").StartsWith(slot.Path.Split('[')[0], StringComparison.Ordinal));
            return true;
        }

        Assert.Equal(text, slot.Found(generation, text));
        Assert.Equal(harmless, Shape(generation));
        return true;
    }

    /// <summary>The number of lines of everything that is written, and the plan inside the user-data as the agent's reader takes it.</summary>
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
            foreach (var file in (YamlSequenceNode)root["write_files"])
                shape.Append($"{((YamlScalarNode)file["path"]).Value} {((YamlScalarNode)file["content"]).Value!.Count(c => c == '\n')}\n");
            var json = ((YamlScalarNode)((YamlSequenceNode)root["write_files"])[0]["content"]).Value!;
            Assert.Equal(NodePlanJson.Write(node.Plan), NodePlanJson.Write(NodePlanJson.Read(json)));
            foreach (var file in ManagedFiles.For(node.Plan, new(node.Plan.Self.Address, "eth0", new(7, 0, 15), new(2, 6, 12), LifeMark: false)))
                shape.Append($"{file.Path} {file.Content.Split('\n', '\r', '\u0085', '\u2028', '\u2029').Length}\n");
        }

        return shape.ToString();
    }

    private Generation Generate(Slot slot, string text, string more = "")
    {
        string Value(string path) => Quoted(path == slot.Path ? text : Slots.First(s => s.Path == path).Harmless);
        var path = Path.Combine(directory, "cluster.yaml");
        File.WriteAllText(path, $$$"""
            apiVersion: redishabake/v1
            name: {{{Value("name")}}}
            cidr: 10.10.90.0/24
            interface: {{{Value("interface")}}}
            nodes:
              - {name: {{{Value("nodes[0].name")}}}, address: {{{Value("nodes[0].address")}}}}
              - {name: redis-b, address: 10.10.90.227}
              - {name: redis-c, address: 10.10.90.147}
            addresses: {write: {{{Value("addresses.write")}}}}
            app: {user: {{{Value("app.user")}}}, rights: {{{Value("app.rights")}}}}
            sentinel: {masterName: {{{Value("sentinel.masterName")}}}, extra: [{{{Value("sentinel.extra[0]")}}}]}
            redis: {save: {{{Value("redis.save")}}}, extra: [{{{Value("redis.extra[0]")}}}]}
            haproxy: {statsUser: {{{Value("haproxy.statsUser")}}}, extra: [{{{Value("haproxy.extra[0]")}}}]}
            keepalived: {extra: [{{{Value("keepalived.extra[0]")}}}]}
            kernel: {sysctl: {vm.swappiness: {{{Value("kernel.sysctl.\"vm.swappiness\"")}}}}}
            firewall: {enabled: true, clients: [{{{Value("firewall.clients[0]")}}}]}
            agent: {url: {{{Value("agent.url")}}}, sha256: {{{Value("agent.sha256")}}}}
            {{{more}}}
            """);
        return Generation.Run(path, keepSecrets: false);
    }

    // YAML's double quotes take every JSON string.
    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static bool WellFormed(string text) => !text.EnumerateRunes().Contains(Rune.ReplacementChar);

    private static Arbitrary<string> Texts(string harmless)
    {
        var any = ArbMap.Default.GeneratorFor<string>().Where(t => t is not null && WellFormed(t));
        var nasty = Gen.Elements(Nasty.Where(WellFormed).ToArray());
        var around = from a in Gen.OneOf(any, nasty) from before in Gen.Elements(true, false) select before ? a + harmless : harmless + a;
        return Gen.OneOf(any, around, from a in nasty from b in nasty select a + b).ToArbitrary();
    }

    private sealed record Slot(string Path, string Harmless, Func<Generation, string, string> Found);
}
