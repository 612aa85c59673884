using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Model.Tests.Render;

/// <summary>What holds for every rendered file, whatever the cluster.</summary>
public sealed class ManagedFilesTests
{
    private static IEnumerable<NodePlan> Plans =>
    [
        .. SampleLayouts.ThreeAllInOne().Nodes.Select(n => SampleLayouts.ThreeAllInOne(n.Name)),
        .. SampleLayouts.TwoDataAndWitness().Nodes.Select(n => SampleLayouts.TwoDataAndWitness(n.Name)),
        .. SampleLayouts.SeparateProxies().Nodes.Select(n => SampleLayouts.SeparateProxies(n.Name)),
        .. SampleLayouts.FiveData().Nodes.Select(n => SampleLayouts.FiveData(n.Name)),
        .. SampleLayouts.Pinned().Nodes.Select(n => SampleLayouts.Pinned(n.Name)),
        SampleLayouts.ThreeAllInOne() with { Firewall = new(true, ["10.20.0.0/16"]) },
        SampleLayouts.ThreeAllInOne() with { Schema = NodePlan.LateSchema, Firewall = new(true, []) },
        SampleLayouts.ThreeAllInOne() with { Schema = NodePlan.EgressSchema, Egress = new("redis-a", 3128) },
        SampleLayouts.ThreeAllInOne("redis-b") with { Schema = NodePlan.EgressSchema, Egress = new("redis-a", 3128) },
    ];

    [Fact]
    public void A_file_with_a_secret_is_closed_to_everybody_else()
    {
        foreach (var (plan, file) in AllFiles())
        {
            var secrets = plan.Secrets;
            string[] hidden = [secrets.Replication, secrets.SentinelToRedis, secrets.SentinelToSentinel, secrets.HealthCheck, secrets.Agent, secrets.Stats];
            if (hidden.Any(s => file.Content.Contains(s) || file.Content.Contains(RespHexOf(s))))
                Assert.EndsWith("0", file.Mode);
        }
    }

    [Fact]
    public void Every_path_is_written_once_and_every_text_ends_its_last_line()
    {
        foreach (var plan in Plans)
        {
            var files = ManagedFiles.For(plan, SamplePlan.Host(plan.Self.Address));
            Assert.Equal(files.Count, files.Select(f => f.Path).Distinct().Count());
            Assert.All(files, f => Assert.True(f.Content.EndsWith('\n') && !f.Content.Contains('\r'), f.Path));
        }
    }

    [Fact]
    public void The_same_plan_gives_the_same_bytes()
        => Assert.Equal(AllFiles().Select(f => f.File), AllFiles().Select(f => f.File));

    [Fact]
    public void A_node_whose_address_is_not_known_yet_is_left_out_and_ones_own_is_filled_in()
    {
        var plan = SampleLayouts.ThreeAllInOne();
        plan = plan with { Nodes = [.. plan.Nodes.Select(n => n.Name == "redis-c" ? n : n with { Address = Words.Auto })] };
        var text = HaproxyCfg.Render(plan, SamplePlan.Host("10.10.90.99"));
        Assert.Contains("server redis-a 10.10.90.99:6379", text);
        Assert.DoesNotContain("server redis-b", text);
        Assert.DoesNotContain(Words.Auto + ":", text);
        Assert.Contains("nbsrv(sentinels) lt 2", text);
        Assert.Contains("bind 127.0.0.1:9103", text);
    }

    [Fact]
    public void Without_keepalived_nothing_asks_for_health()
    {
        Assert.DoesNotContain("6382", HaproxyCfg.Render(SampleLayouts.Pinned(), SamplePlan.Host()));
        Assert.DoesNotContain(ManagedFiles.For(SampleLayouts.Pinned(), SamplePlan.Host()), f => f.Path.Contains("keepalived"));
    }

    [Fact]
    public void A_Sentinels_id_is_its_nodes_own_and_stays()
    {
        var ids = Plans.Select(SentinelConf.MyId).ToList();
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{40}$", id));
        Assert.Equal(SentinelConf.MyId(SampleLayouts.Pinned("redis-b")), SentinelConf.MyId(SampleLayouts.ThreeAllInOne("redis-b")));
        Assert.Equal(3, SampleLayouts.ThreeAllInOne().Nodes.Select(n => SentinelConf.MyId(SampleLayouts.ThreeAllInOne(n.Name))).Distinct().Count());
        Assert.NotEqual(SentinelConf.MyId(Cluster("1")), SentinelConf.MyId(Cluster("2")));
    }

    [Fact]
    public void Router_ids_are_valid_and_the_two_of_a_cluster_differ()
    {
        var pairs = Enumerable.Range(0, 1000).Select(i => KeepalivedConf.RouterIds(Cluster($"{i}"))).ToList();
        Assert.All(pairs, p => Assert.True(p.Write is >= 1 and <= 253 && p.Read == p.Write + 1 && p.Write % 2 == 1));
        Assert.True(pairs.Distinct().Count() > 100);
    }

    [Fact]
    public void A_password_for_Sentinel_does_not_show_in_a_message()
        => Assert.DoesNotContain(SamplePlan.Tutorial().Secrets.SentinelToRedis, string.Join(' ', SentinelSettings.For(SamplePlan.Tutorial())));

    [Theory]
    [InlineData("users[0].name", "two words")]
    [InlineData("users[0].name", "two\nlines")]
    [InlineData("users[0].rights", "~*\nuser evil on nopass +@all")]
    [InlineData("users[0].passwordSha256", "not a hash")]
    [InlineData("nodes[0].name", "a b")]
    [InlineData("proxy.statsUser", "a:b")]
    [InlineData("redis.save", "60 1\nreplica-read-only no")]
    [InlineData("firewall.clients[0]", "10.0.0.1 } } table inet evil {")]
    public void A_word_that_would_be_another_setting_is_refused(string member, string value)
    {
        var plan = SamplePlan.Tutorial();
        plan = member switch
        {
            "users[0].name" => plan with { Users = [plan.Users[0] with { Name = value }] },
            "users[0].rights" => plan with { Users = [plan.Users[0] with { Rights = value }] },
            "users[0].passwordSha256" => plan with { Users = [plan.Users[0] with { PasswordSha256 = value }] },
            "nodes[0].name" => plan with { Node = value, InitialMaster = value, Nodes = [plan.Nodes[0] with { Name = value }, .. plan.Nodes.Skip(1)] },
            "firewall.clients[0]" => plan with { Firewall = new(true, [value]) },
            "proxy.statsUser" => plan with { Proxy = plan.Proxy with { StatsUser = value } },
            _ => plan with { Redis = plan.Redis with { Save = value } },
        };
        var refused = Assert.Throws<NodePlanException>(() => NodePlanJson.Read(NodePlanJson.Write(plan)));
        Assert.Contains($"\"{member}\"", refused.Message);
    }

    private static IEnumerable<(NodePlan Plan, ManagedFile File)> AllFiles()
    {
        foreach (var plan in Plans)
        {
            var host = SamplePlan.Host(plan.Self.Address);
            foreach (var file in ManagedFiles.For(plan, host))
                yield return (plan, file);
            if (plan.Self.Has(NodeRole.Sentinel))
                yield return (plan, SentinelConf.Seed(plan, host));
        }
    }

    private static NodePlan Cluster(string id)
        => SamplePlan.Tutorial() with { Secrets = SamplePlan.Tutorial().Secrets with { ClusterId = id } };

    private static string RespHexOf(string text) => Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(text));
}
