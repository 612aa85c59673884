using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Tests;

/// <summary>VMs that install through another, whose address may come later.</summary>
public sealed class EgressTests : SpecDirectory
{
    private const string Late = """
        apiVersion: redishabake/v1
        name: shop
        cidr: 10.10.90.0/24
        os: debian-12
        nodes:
          - {name: redis-a, address: auto}
          - {name: redis-b, address: auto}
          - {name: redis-c, address: auto}
        egress: {via: redis-a}
        agent: {url: "https://example.com/a.deb", sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}

        """;

    [Fact]
    public async Task Texts_that_lack_the_address_of_the_way_out_are_not_written_and_it_is_said_what_to_do()
    {
        File.WriteAllText(Spec, Late);
        var first = await Run.Of("generate", Spec, "-o", Out);
        Assert.Equal(ExitCode.Good, first.Code);
        Assert.Contains(
            "There is no text for redis-b and redis-c yet: installing goes through redis-a, whose address is not known. Create redis-a with its text, look its address up in the portal, and:\n"
            + $"  redishabake generate {Spec} --known redis-a=ADDRESS\n",
            first.Error);
        Assert.Equal(["redis-a.user-data"], Written());

        var then = await Run.Of("generate", Spec, "-o", Out, "--known", "redis-a=10.10.90.37");
        Assert.DoesNotContain("There is no text", then.Error);
        Assert.Equal(["redis-a.user-data", "redis-b.user-data", "redis-c.user-data"], Written());
        Assert.Contains("Acquire::http::Proxy \"http://10.10.90.37:3128\";", File.ReadAllText(Path.Combine(Out, "redis-b.user-data")));

        var again = await Run.Of("generate", Spec, "-o", Out);
        Assert.Contains("redis-b.user-data: removed: no text is written for it", again.Error);
        Assert.Equal(["redis-a.user-data"], Written());
    }

    [Fact]
    public async Task One_such_text_asked_for_by_name_is_refused()
    {
        File.WriteAllText(Spec, Late);
        var run = await Run.Of("generate", Spec, "-o", "-", "--node", "redis-b");
        Assert.Equal(ExitCode.Fault, run.Code);
        Assert.Equal("", run.Output);
        Assert.Contains(
            "redis-b installs through redis-a, whose address is not known; expected it, since the text is of no use without; create redis-a with its own text, look its address up in the portal, and add `--known redis-a=ADDRESS`",
            run.Error);
    }

    [Fact]
    public async Task A_program_is_told_which_texts_lack_what()
    {
        File.WriteAllText(Spec, Late);
        Assert.Contains("\"lacking\": {\n    \"redis-b\": \"redis-a\",\n    \"redis-c\": \"redis-a\"\n  }", (await Run.Of("generate", Spec, "-o", Out, "--output", "json")).Output);
        var printed = (await Run.Of("generate", Spec, "-o", "-", "--output", "json")).Output;
        Assert.Contains("\"redis-c\": \"redis-a\"", printed);
        Assert.Contains("\"lacking\": {}", (await Run.Of("generate", Spec, "-o", Out, "--known", "redis-a=10.10.90.37", "--output", "json")).Output);
    }

    [Fact]
    public async Task The_labs_portal_completes_such_a_text_as_generate_does()
    {
        File.WriteAllText(Spec, Late);
        var known = await Run.Of("generate", Spec, "-o", "-", "--node", "redis-b", "--known", "redis-a=10.10.90.37");
        var lacking = Generation.Run(Spec).Nodes[1];
        Assert.Equal("redis-a", lacking.Lacks);
        Assert.Equal(known.Output, Portal.Complete(new("redis-b", Words.Auto, lacking.UserData, []), new("redis-a", "10.10.90.37", "", [])));
    }

    [Fact]
    public void An_agent_in_the_private_network_is_fetched_without_the_proxy()
    {
        File.WriteAllText(Spec, Late.Replace("https://example.com/", "http://10.10.90.5:8000/"));
        var generation = Generation.Run(Spec);
        Assert.True(generation.Succeeded, string.Join('\n', generation.Problems));
        Assert.Contains("apt-helper -o Acquire::http::Proxy::10.10.90.5=DIRECT -o Acquire::https::Proxy::10.10.90.5=DIRECT download-file", generation.Nodes[1].UserData);
        Assert.Contains("apt-helper download-file", generation.Nodes[0].UserData);
    }

    [Fact]
    public void A_baked_image_has_nothing_of_it()
    {
        File.WriteAllText(Spec, "baked: true\n" + string.Concat(Late.Split('\n').Where(l => !l.StartsWith("agent:", StringComparison.Ordinal)).Select(l => l + "\n")));
        var generation = Generation.Run(Spec);
        Assert.Equal("W304", Assert.Single(generation.Problems).Code);
        Assert.All(generation.Nodes, n => Assert.Equal(NodePlan.LateSchema, n.Plan.Schema));
        Assert.All(generation.Nodes, n => Assert.DoesNotContain("egress", n.UserData));
    }

    private string[] Written() => [.. Directory.GetFiles(Out, "*.user-data").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
}
