using RedisHaBake.Cli.Lab;
using RedisHaBake.Lab;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Tests;

/// <summary>What a lab may change about a spec, and that it says so.</summary>
public sealed class LabVariantTests : IDisposable
{
    private readonly string _package = Path.GetTempFileName();

    [Fact]
    public void A_stock_machines_text_is_the_pasted_one_but_for_the_agents_URL_and_hash()
    {
        var pasted = Generate("tutorial", null);
        var lab = Generate("tutorial", AsTheSpecSays);
        foreach (var (mine, theirs) in lab.Nodes.Zip(pasted.Nodes))
        {
            var different = mine.UserData.Split('\n').Zip(theirs.UserData.Split('\n')).Where(l => l.First != l.Second).Select(l => l.First.Trim()).ToList();
            Assert.Equal(mine.UserData.Split('\n').Length, theirs.UserData.Split('\n').Length);
            Assert.Equal(2, different.Count);
            Assert.StartsWith("for url in 'http://198.51.100.1/", different[0]);
            Assert.Contains("SHA256:" + lab.Spec!.Agent.Sha256, different[1]);
        }

        Assert.Equal(["agent.url", "agent.sha256"], LabVariant.Differences(pasted.Spec!, lab.Spec!).Select(d => d.Split(':')[0]));
    }

    [Fact]
    public void A_baked_machines_text_is_the_pasted_one()
    {
        Assert.Equal(Generate("lab", null).Nodes.Select(n => n.UserData), Generate("lab", AsTheSpecSays).Nodes.Select(n => n.UserData));
        Assert.Empty(LabVariant.Differences(Generate("lab", null).Spec!, Generate("lab", AsTheSpecSays).Spec!));
    }

    [Theory]
    [InlineData("trixie", "valkey-8", "debian-13", 8)]
    [InlineData("bookworm", "redis-7", "debian-12", 7)]
    [InlineData("trixie", "", "debian-13", 8)]
    public void Suite_and_engine_are_chosen_for_the_lab(string suite, string engine, string os, int major)
    {
        var spec = Generate("lab", AsTheSpecSays with { Suite = suite, Engine = engine }).Spec!;
        Assert.Equal((os, major, EngineSource.Distribution), (spec.Os.Name, spec.Engine.Major, spec.Engine.Source));
    }

    [Fact]
    public void Another_profile_changes_what_it_stands_for_and_is_said()
    {
        var (pasted, lab) = (Generate("lab", AsTheSpecSays).Spec!, Generate("lab", AsTheSpecSays with { Profile = "fast" }).Spec!);
        Assert.Equal((1000, 1, 200), (lab.Failover.DownAfterMs, lab.Failover.MinReplicasMaxLagS, lab.Failover.AdvertMs));
        Assert.Equal(pasted.Failover with { DownAfterMs = 1000, MinReplicasMaxLagS = 1, AdvertMs = 200 }, lab.Failover);
        Assert.Contains("(--profile", Assert.Single(LabVariant.Differences(pasted, lab)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("buster", "", "bookworm (debian-12)")]
    [InlineData("bookworm", "valkey-8", "it has redis-7; valkey-8 is in --suite trixie")]
    [InlineData("jammy", "redis-7", "it has none; redis-7 is in --suite noble, --suite bookworm")]
    [InlineData("trixie", "postgres", "expected a name and a major version")]
    [InlineData("trixie", "redis-99", "known are redis-7, redis-8, valkey-7, valkey-8")]
    public void What_there_is_not_is_refused_with_what_there_is(string suite, string engine, string said)
    {
        var error = Assert.Throws<LabException>(() => Generate("lab", AsTheSpecSays with { Suite = suite, Engine = engine }));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lab_has_a_name_that_a_directory_may_have()
        => Assert.Contains("no name for a lab", Assert.Throws<LabException>(() => LabPlanning.Plan(Generate("lab", AsTheSpecSays), "../x")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(20_000, 4494)]
    [InlineData(1_048_576, 20_000)]
    public void As_many_connections_as_this_computers_open_files_allow_HAProxy_and_it_is_said(long files, int connections)
    {
        var (pasted, lab) = (Generate("proxies", null).Spec!, Generate("proxies", AsTheSpecSays with { Baked = true, OpenFiles = files }).Spec!);
        Assert.Equal(connections, lab.Proxy.MaxConnections);
        Assert.Equal(
            connections == 20_000 ? [] : ["haproxy.maxConnections: 4494, not 20000: this computer's hard limit allows HAProxy too few open files; for all of them: ulimit -Hn 82024 in a shell whose root may raise it, or --backend vm"],
            LabVariant.Differences(pasted, lab).Where(d => d.StartsWith("haproxy", StringComparison.Ordinal)));
    }

    [Fact]
    public void Where_no_HAProxy_could_start_the_remedy_is_said_instead()
        => Assert.Equal(
            "this computer's hard limit is 1024 open files, HAProxy needs 2064 at least; raise it (ulimit -Hn 65536 as root) and try again",
            Assert.Throws<LabException>(() => Generate("proxies", AsTheSpecSays with { OpenFiles = 1024 })).Message);

    public void Dispose() => File.Delete(_package);

    private LabVariant AsTheSpecSays => LabVariant.AsTheSpecSays(_package);

    private static Generation Generate(string example, LabVariant? variant)
        => Generation.Run(Repository.At("cloud-init", example, "cluster.yaml"), keepSecrets: false, variant: variant is null ? null : variant.Apply);
}
