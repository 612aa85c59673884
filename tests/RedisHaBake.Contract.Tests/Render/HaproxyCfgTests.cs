using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>haproxy.cfg as HAProxy's own check reads it.</summary>
public sealed class HaproxyCfgTests
{
    public static TheoryData<string> Layouts => [.. All.Keys];

    private static Dictionary<string, NodePlan> All => new()
    {
        ["three all-in-one"] = SampleLayouts.ThreeAllInOne(),
        ["two data and a witness"] = SampleLayouts.TwoDataAndWitness(),
        ["separate proxies"] = SampleLayouts.SeparateProxies("proxy-b"),
        ["five data"] = SampleLayouts.FiveData("redis-e"),
        ["noisy hosts"] = SampleLayouts.Noisy(),
        ["pinned, here"] = SampleLayouts.Pinned(),
        ["pinned, elsewhere"] = SampleLayouts.Pinned("redis-c"),
        ["no addresses"] = SampleLayouts.ThreeAllInOne() with { Addresses = new(AddressMode.None, Words.None, Words.None, Words.None) },
        ["peers not yet known"] = SampleLayouts.ThreeAllInOne() with
        {
            Nodes = [.. SampleLayouts.ThreeAllInOne().Nodes.Select(n => n with { Address = Words.Auto })],
        },
        ["weird names"] = SampleLayouts.ThreeAllInOne() with
        {
            MasterName = "my \"master\" #1 'of' $HOME \\ %[src] {ü}",
            Proxy = SampleLayouts.ThreeAllInOne().Proxy with { StatsUser = "an \"admin\" #1 'of' $HOME \\ %[src] {ü}" },
        },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void HAProxy_accepts_it_and_warns_of_nothing_but_that_all_servers_start_down(string layout)
    {
        using var cluster = new LoopbackCluster(All[layout]);
        var node = All[layout].Node;
        cluster.Write(node, HaproxyCfg.File(cluster.Plan(node), cluster.Host(node)));
        cluster.Write(node, HaproxyServerState.File(cluster.Plan(node), cluster.Host(node)));

        var (exitCode, output) = RealProgram.Run("haproxy", "-c", "-f", cluster.PathOf(node, HaproxyCfg.Path));

        Assert.True(exitCode == 0, output);
        var warnings = output.Split('\n').Where(l => l.StartsWith("[WARNING]", StringComparison.Ordinal) || l.StartsWith("[ALERT]", StringComparison.Ordinal));
        Assert.DoesNotContain(warnings, l => !l.Contains("is DOWN, changed from server-state"));
    }
}
