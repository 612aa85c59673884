using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Model.Tests.Render;

/// <summary>Every file of a node, whole, for each shape of cluster: the manual's chapter "what stands on my machine".</summary>
public sealed class RenderedNodeTests
{
    [Theory]
    [InlineData("redis-a")]
    [InlineData("redis-b")]
    public void Three_all_in_one(string node) => Verify(SampleLayouts.ThreeAllInOne(node), node);

    [Theory]
    [InlineData("redis-a")]
    [InlineData("witness")]
    public void Two_data_and_witness(string node) => Verify(SampleLayouts.TwoDataAndWitness(node), node);

    [Theory]
    [InlineData("redis-a")]
    [InlineData("proxy-a")]
    public void Separate_proxies(string node) => Verify(SampleLayouts.SeparateProxies(node), node);

    [Theory]
    [InlineData("redis-c")]
    public void Five_data(string node) => Verify(SampleLayouts.FiveData(node), node);

    [Theory]
    [InlineData("redis-a")]
    [InlineData("redis-b")]
    public void Pinned(string node) => Verify(SampleLayouts.Pinned(node), node);

    [Theory]
    [InlineData("redis-a")]
    [InlineData("witness")]
    public void Firewalled(string node) => Verify(
        (node == "witness" ? SampleLayouts.TwoDataAndWitness(node) : SampleLayouts.ThreeAllInOne(node)) with { Firewall = new(true, ["10.20.0.0/16", "10.30.0.7"]) }, node);

    private static void Verify(NodePlan plan, string name, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var host = SamplePlan.Host(plan.Self.Address);
        List<ManagedFile> files = [.. ManagedFiles.For(plan, host)];
        if (plan.Self.Has(NodeRole.Sentinel))
            files.Add(SentinelConf.Seed(plan, host));
        Snapshot.Match(string.Join('\n', files.Select(f => $"=== {f.Path} {f.Mode} {f.Owner}:{f.Group}\n{f.Content}")), name, test: test);
    }
}
