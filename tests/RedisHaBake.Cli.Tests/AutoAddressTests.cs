using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Tests;

/// <summary>`address: auto` in a spec, and what came to be known of it beside the spec.</summary>
public sealed class AutoAddressTests : SpecDirectory
{
    [Theory]
    [InlineData("[haproxy]", "", NodePlan.CurrentSchema)]
    [InlineData("[haproxy]", "firewall: {enabled: true, clients: [10.9.0.0/16]}\n", NodePlan.LateSchema)]
    [InlineData("[haproxy]", "  - {name: p2, address: 10.0.8.22, roles: [haproxy]}\n", NodePlan.LateSchema)]
    [InlineData("[sentinel, haproxy]", "", NodePlan.LateSchema)]
    public void A_lone_proxy_finds_its_own_and_every_other_node_is_met(string roles, string more, int schema)
    {
        File.WriteAllText(Spec, $"""
            apiVersion: redishabake/v1
            name: auto
            cidr: 10.0.8.0/24
            os: debian-12
            baked: true
            nodes:
              - {"{"}name: a, address: 10.0.8.11, roles: [redis, sentinel]{"}"}
              - {"{"}name: b, address: 10.0.8.12, roles: [redis, sentinel]{"}"}
              - {"{"}name: c, address: 10.0.8.13, roles: [redis, sentinel]{"}"}
              - {"{"}name: p, address: auto, roles: {roles}{"}"}

            """ + more);
        var generation = Generation.Run(Spec, keepSecrets: false);
        Assert.True(generation.Succeeded, string.Join("; ", generation.Problems.Select(p => p.Title)));
        Assert.All(generation.Nodes, n => Assert.Equal(schema, n.Plan.Schema));
    }

    [Fact]
    public async Task What_is_known_stands_in_the_others_texts_and_nothing_else_changes()
    {
        var none = await Texts();
        var known = await Texts("--known", "redis-a=10.10.90.37");
        Assert.Equal(none["redis-a"], known["redis-a"]);
        foreach (var node in (string[])["redis-b", "redis-c"])
            Assert.Equal(none[node].Replace("\"known\": {}", "\"known\": {\"redis-a\":\"10.10.90.37\"}"), known[node]);

        // In the spec's order, however it was said.
        var both = await Texts("--known", "redis-b=10.10.90.227", "--known", "redis-a=10.10.90.37", "--known", "redis-a=10.10.90.37");
        Assert.Equal(none["redis-c"].Replace("\"known\": {}", "\"known\": {\"redis-a\":\"10.10.90.37\", \"redis-b\":\"10.10.90.227\"}"), both["redis-c"]);
        Assert.Equal(known["redis-b"], both["redis-b"]);
    }

    [Fact]
    public async Task The_labs_portal_completes_a_text_as_generate_does()
    {
        var none = await Texts();
        var known = await Texts("--known", "redis-a=10.10.90.37");
        Assert.Equal(known["redis-b"], Portal.Complete(new("redis-b", Words.Auto, none["redis-b"], []), new("redis-a", "10.10.90.37", none["redis-a"], [])));
    }

    [Fact]
    public async Task The_extra_addresses_said_beside_the_spec_are_those_of_the_spec()
    {
        var none = await Texts();
        var said = await Texts("--write", "10.10.90.92", "--read", "10.10.90.50");
        Assert.Equal(
            none["redis-a"].Replace("{\"mode\":\"floating\", \"write\":\"none\", \"read\":\"none\"", "{\"mode\":\"floating\", \"write\":\"10.10.90.92\", \"read\":\"10.10.90.50\""),
            said["redis-a"]);
        Assert.NotEqual(none["redis-a"], said["redis-a"]);
        File.AppendAllText(Spec, "addresses: {write: 10.10.90.92, read: 10.10.90.50}\n");
        Assert.Equal(said, await Texts());
    }

    [Fact]
    public async Task A_preview_is_of_the_node_that_has_met_the_known_ones()
    {
        Late();
        var run = await Run.Of("preview", Spec, "-n", "redis-b", "-f", "haproxy.cfg", "--known", "redis-a=10.10.90.37", "--known", "redis-b=10.10.90.227");
        Assert.Equal((ExitCode.Good, ""), (run.Code, run.Error));
        Assert.Contains("bind 10.10.90.227:6380", run.Output);
        Assert.Contains("server redis-a 10.10.90.37:6379", run.Output);
        Assert.DoesNotContain("redis-c", run.Output);
    }

    [Fact]
    public async Task Texts_that_know_nobody_come_with_what_to_do_next()
    {
        Late();
        var next = $"redishabake generate {Spec} --known redis-a=ADDRESS\n";
        Assert.EndsWith(next, (await Run.Of("generate", Spec, "-o", Out)).Error);
        Assert.DoesNotContain("ADDRESS", (await Run.Of("generate", Spec, "-o", Out, "--known", "redis-a=10.10.90.37")).Error);
    }

    private async Task<Dictionary<string, string>> Texts(params string[] more)
    {
        if (!File.Exists(Spec))
            Late();
        var run = await Run.Of(["generate", Spec, "-o", Out, "--force", .. more]);
        Assert.Equal(ExitCode.Good, run.Code);
        return ((string[])["redis-a", "redis-b", "redis-c"]).ToDictionary(n => n, n => File.ReadAllText(Path.Combine(Out, n + ".user-data")));
    }

    private void Late() => File.WriteAllText(Spec, """
        apiVersion: redishabake/v1
        name: auto
        cidr: 10.10.90.0/24
        os: debian-12
        baked: true
        nodes:
          - {name: redis-a, address: auto}
          - {name: redis-b, address: auto}
          - {name: redis-c, address: auto}

        """);
}
