using RedisHaBake.Contract.Tests.Generate;
using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>The texts by which the agent lets each engine judge a plan: it ends by itself, says when it accepts, and says what it does not.</summary>
public sealed class ConfigTrialTests(Debian12 bookworm, Debian13 trixie) : IClassFixture<Debian12>, IClassFixture<Debian13>
{
    public static TheoryData<string, EngineKind, string, bool> Lines { get; } = new()
    {
        { "debian-12", EngineKind.Redis, "hz 20", true },
        { "debian-12", EngineKind.Redis, "nonsense-setting 1", false },
        { "debian-12", EngineKind.Redis, "module.setting 1", false },
        { "debian-12", EngineKind.Redis, "hz many", false },
        { "debian-13", EngineKind.Redis, "tls-port 6390", true },
        { "debian-13", EngineKind.Redis, "nonsense-setting 1", false },
        { "debian-13", EngineKind.Redis, "hz many", false },
        { "debian-13", EngineKind.Redis, "user someone on nopass +@all", false },
        { "debian-13", EngineKind.Valkey, "loglevel warning", true },
        { "debian-13", EngineKind.Valkey, "nonsense-setting 1", false },
        { "debian-13", EngineKind.Valkey, "hz many", false },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_server_accepts_or_rejects_a_line_as_at_its_start(string os, EngineKind kind, string line, bool accepted)
    {
        var plan = Plan(kind);
        var host = SamplePlan.Host(plan.Self.Address);

        var said = Run(os, EngineLayout.For(kind).ServerBinary, RedisConf.Render(plan with { Redis = plan.Redis with { Extra = [line] } }, host), ConfigTrial.Server, UsersAcl.Render(plan, host));

        Assert.True(said.Contains(ConfigTrial.ServerAccepts) == accepted, said);
        Assert.True(accepted || line.StartsWith("user ", StringComparison.Ordinal) || said.Contains($">>> '{line}'") || said.Contains("Module Configuration detected"), said);
    }

    [Theory]
    [InlineData("debian-12", EngineKind.Redis)]
    [InlineData("debian-13", EngineKind.Redis)]
    [InlineData("debian-13", EngineKind.Valkey)]
    public void So_does_a_Sentinel(string os, EngineKind kind)
    {
        var plan = Plan(kind);
        var host = SamplePlan.Host(plan.Self.Address);
        string Said(params IReadOnlyList<string> extra) => Run(
            os, EngineLayout.For(kind).SentinelBinary, SentinelConf.Render(plan with { Redis = plan.Redis with { SentinelExtra = extra } }, host), ConfigTrial.Sentinel, SentinelAcl.Render(plan, host));

        Assert.Contains(ConfigTrial.SentinelAccepts, Said("sentinel resolve-hostnames yes"));
        Assert.DoesNotContain(ConfigTrial.SentinelAccepts, Said("sentinel nonsense 1"));
        Assert.DoesNotContain(ConfigTrial.SentinelAccepts, Said("hz many"));
    }

    private static NodePlan Plan(EngineKind kind)
    {
        var plan = SamplePlan.Tutorial();
        return plan with { Engine = plan.Engine with { Kind = kind } };
    }

    private string Run(string os, string program, string text, Func<string, string, string> trial, string users)
    {
        DebianSystem debian = os == "debian-12" ? bookworm : trixie;
        var name = $"trial-{Guid.NewGuid():N}/";
        var directory = Path.GetDirectoryName(debian.Write(name + ConfigTrial.DataFile, ConfigTrial.NoData))!;
        debian.Write(name + ConfigTrial.UsersFile, users);
        return debian.Run("timeout", "10", program, debian.Write(name + "conf", trial(text, directory))).Output;
    }
}
