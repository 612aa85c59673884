using RedisHaBake.Agent.Boot;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>The firewall of a plan that has one, on its way in and out.</summary>
public sealed class FirewallTests : IDisposable
{
    private readonly FakeMachine _machine = new(p => p with { Firewall = new(true, ["10.20.0.0/16"]) });

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task It_stands_before_anything_listens_and_at_every_boot()
    {
        await _machine.ApplyAsync();

        var changes = _machine.Systemd.Changes;
        Assert.True(_machine.Programs.FirewallLoaded);
        Assert.Contains("10.20.0.0/16", _machine.Root.Read(FirewallNft.Path));
        Assert.InRange(changes.IndexOf("start redishabake-firewall.service"), 0, changes.FindIndex(c => c.StartsWith("start redis-sentinel", StringComparison.Ordinal)));
        Assert.Contains("enable redishabake-firewall.service", changes);
        Assert.Empty(await _machine.PlanAsync());
    }

    [Fact]
    public async Task Changed_clients_are_loaded_and_nothing_else_is_touched()
    {
        await _machine.ApplyAsync();
        _machine.Systemd.Changes.Clear();
        _machine.Plan = _machine.Plan with { Firewall = new(true, ["10.30.0.0/16"]) };

        await _machine.ApplyAsync();
        await _machine.ApplyAsync();

        Assert.Equal(["daemon-reload", "reload redishabake-firewall.service"], _machine.Systemd.Changes);
    }

    [Fact]
    public async Task A_table_that_somebody_flushed_is_noticed_and_comes_back()
    {
        await _machine.ApplyAsync();
        _machine.Programs.FirewallLoaded = false;

        Assert.Equal(["firewall: table inet redishabake: expected loaded, found not in the kernel: somebody flushed it"], await _machine.PlanAsync());
        await _machine.ApplyAsync();

        Assert.True(_machine.Programs.FirewallLoaded);
    }

    [Fact]
    public async Task Rules_that_nft_rejects_never_stand_where_a_boot_finds_them()
    {
        _machine.Programs.NftSays = "syntax error, unexpected newline";

        var e = await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());

        Assert.Contains("expected a text that nft accepts, it says: syntax error", e.Message);
        Assert.False(_machine.Root.Exists(FirewallNft.Path));
    }

    [Fact]
    public async Task Switched_off_it_leaves_nothing_behind_wherever_the_removal_is_interrupted()
    {
        await _machine.ApplyAsync();
        _machine.Plan = _machine.Plan with { Firewall = new(false, []) };
        for (var moment = 1; ; moment++)
        {
            _machine.Cut.After(moment);
            try
            {
                await _machine.ApplyAsync();
                break;
            }
            catch (PowerCutException)
            {
                _machine.Cut.Never();
            }
        }

        _machine.Cut.Never();
        Assert.False(_machine.Programs.FirewallLoaded);
        Assert.All([FirewallNft.Path, FirewallNft.UnitPath, FirewallNft.DropInPath], file => Assert.False(_machine.Root.Exists(file)));
        Assert.False(_machine.Systemd.Units.ContainsKey(FirewallNft.Unit));
        Assert.Contains("disable redishabake-firewall.service", _machine.Systemd.Changes);
        Assert.Empty(await _machine.PlanAsync());
    }
}
