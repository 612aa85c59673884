using FsCheck;
using FsCheck.Fluent;
using RedisHaBake.Cli.Page;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Tests.Page;

/// <summary>The parts that the page puts together are what `generate` writes, whichever addresses are known.</summary>
public sealed class PastedTextsTests : SpecDirectory
{
    private const string Baked = "baked: true\n";
    private const string Stock = "agent: {url: \"https://example.com/a.deb\", sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}\n";

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_put_together_byte_for_byte(string example)
    {
        var generation = Generation.Run(Repository.At("cloud-init", example, "cluster.yaml"), keepSecrets: false);
        var texts = new PastedTexts(generation, LateFields.Of(generation)).All();
        foreach (var node in generation.Nodes)
            Assert.Equal(node.UserData, texts.First(t => t.Node == node.Node).Fill(new Dictionary<string, string>()));
    }

    public static TheoryData<string> Examples => ExamplesTests.Examples;

    /// <summary>Late nodes; late extra addresses beside nodes that are known, where the plan's schema changes with them; both; a proxy that finds itself; pinned.</summary>
    [Theory]
    [InlineData("auto", "auto", "auto", "", Baked)]
    [InlineData("auto", "auto", "auto", "", Stock)]
    [InlineData("auto", "10.7.0.2", "auto", "addresses: {mode: pinned}\n", Baked)]
    [InlineData("10.7.0.1", "10.7.0.2", "10.7.0.3", "addresses: {mode: floating}\n", Stock)]
    [InlineData("10.7.0.1", "10.7.0.2", "10.7.0.3", "addresses: {mode: pinned, pinnedTo: b}\n", Stock)]
    [InlineData("auto", "auto", "10.7.0.3", "addresses: {write: 10.7.1.1}\n", Stock)]
    [InlineData("10.7.0.1", "10.7.0.2", "10.7.0.3", "", Stock)]
    [InlineData("auto", "auto", "auto", "egress: {via: b}\n", Stock)]
    [InlineData("auto", "10.7.0.2", "auto", "egress: {via: a, port: 3129}\n", Stock)]
    [InlineData("auto", "10.7.0.2", "auto", "egress: {via: b}\n", Stock)]
    public void Whatever_is_known_the_parts_are_what_generate_writes(string a, string b, string c, string more, string image)
    {
        File.WriteAllText(Spec, $"""
            apiVersion: redishabake/v1
            name: shop
            cidr: 10.7.0.0/16
            os: debian-12
            nodes:
              - {"{"}name: a, address: {a}{"}"}
              - {"{"}name: b, address: {b}{"}"}
              - {"{"}name: c, address: {c}{"}"}
              - {"{"}name: p, address: {(a == "auto" ? "auto" : "10.7.0.4")}, roles: [haproxy]{"}"}

            """ + more + image);
        var generation = Generation.Run(Spec);
        Assert.True(generation.Succeeded, string.Join('\n', generation.Problems));
        var fields = LateFields.Of(generation);
        var texts = new PastedTexts(generation, fields).All();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll(Typed(fields).ToArbitrary(), typed =>
        {
            var late = new LateAddresses(
                [.. typed.Where(t => !t.Key.Contains('.')).Select(t => $"{t.Key}={t.Value}")], typed.GetValueOrDefault(LateFields.Write), typed.GetValueOrDefault(LateFields.Read));
            var given = fields.All.Where(f => !f.IsNode && typed.ContainsKey(f.Name)).Select(f => f.Name);
            foreach (var node in Generation.Run(Spec, late: late).Nodes)
                Assert.Equal(node.UserData, texts.First(t => t.Node == node.Node && (t.Given is null || t.Given.SequenceEqual(given))).Fill(typed));
        }));
    }

    private static Gen<Dictionary<string, string>> Typed(LateFields fields) =>
        from chosen in Gen.SubListOf(fields.All.AsEnumerable())
        from last in Gen.Shuffle(Enumerable.Range(10, 200))
        from third in Gen.Choose(2, 250)
        select chosen.Select((f, i) => KeyValuePair.Create(f.Name, $"10.7.{third}.{last[i]}")).ToDictionary();
}
