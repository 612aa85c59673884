using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Hooks;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>A text that Redis or Sentinel itself would not start with is found before anything of its plan is kept.</summary>
public sealed class RejectedTextTests : IDisposable
{
    private const string RedisSays = """

        *** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***
        Reading the configuration file, at line 44
        >>> 'nonsense-setting 1'
        Bad directive or wrong number of arguments
        """;

    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task It_stops_the_sequence_with_the_programs_own_words_and_the_last_good_plan_stays()
    {
        await _machine.ApplyAsync();
        var (tree, good) = (_machine.Tree(), _machine.Plan);
        _machine.Plan = good with { Redis = good.Redis with { Extra = ["nonsense-setting 1"] } };
        _machine.Programs.RedisSays = RedisSays;
        _machine.Systemd.Changes.Clear();

        var e = await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());

        Assert.Equal(
            "step files (5/15) failed: /etc/redis/redis.conf: expected a text that redis-server accepts, found *** FATAL CONFIG FILE ERROR (Redis 7.0.15) *** | "
            + "Reading the configuration file, at line 44 | >>> 'nonsense-setting 1' | Bad directive or wrong number of arguments; "
            + "the old file stands; correct the spec's extra lines and generate again",
            e.Message);
        Assert.Equal(tree, _machine.Tree());
        Assert.Empty(_machine.Systemd.Changes);
        Assert.True(PlanFile.IsKept(_machine.Root, good));
        var differences = await _machine.PlanAsync();
        Assert.Equal(2, differences.Count);
        Assert.StartsWith("files: /etc/redis/redis.conf: expected a text that redis-server accepts", differences[1]);

        _machine.Programs.RedisSays = "";
        await _machine.ApplyAsync();
        Assert.True(PlanFile.IsKept(_machine.Root, _machine.Plan));
    }

    [Fact]
    public async Task So_does_Sentinels()
    {
        _machine.Plan = _machine.Plan with { Redis = _machine.Plan.Redis with { SentinelExtra = ["nonsense 1"] } };
        _machine.Programs.SentinelSays = RedisSays.Replace("nonsense-setting", "nonsense", StringComparison.Ordinal);

        var e = await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());

        Assert.Contains("step files (5/15) failed: /etc/redis/sentinel.conf: expected a text that redis-sentinel accepts, found", e.Message);
        Assert.Contains(">>> 'nonsense 1'", e.Message);
        Assert.False(_machine.Root.Exists(PlanFile.LastGood));
        Assert.DoesNotContain(_machine.Systemd.Changes, c => c.StartsWith("start", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Redis_that_is_restarted_meanwhile_starts_by_the_last_good_text()
    {
        await _machine.ApplyAsync();
        var good = _machine.Plan;
        _machine.Plan = good with { Redis = good.Redis with { Extra = ["nonsense-setting 1"] } };
        _machine.Programs.RedisSays = RedisSays;
        await Assert.ThrowsAsync<StepFailedException>(() => _machine.ApplyAsync());
        _machine.Journal.Clear();

        await HookCommand.RunAsync(_machine.Agent, "redis-start", CancellationToken.None);

        Assert.DoesNotContain("nonsense-setting", _machine.Root.Read("/etc/redis/redis.conf"));
        Assert.Contains("expected a text that redis-server accepts", Assert.Single(_machine.Journal.Lines));

        // What is accepted counts from the next start on, whether the agent has run or not.
        _machine.Programs.RedisSays = "";
        await HookCommand.RunAsync(_machine.Agent, "redis-start", CancellationToken.None);
        Assert.Contains("\nnonsense-setting 1\n", _machine.Root.Read("/etc/redis/redis.conf"));
    }

    [Fact]
    public async Task The_trial_leaves_nothing_behind_and_tries_a_text_once()
    {
        await _machine.ApplyAsync();
        Assert.Equal(2, _machine.Programs.Runs.Count(r => r.StartsWith("/usr/bin/setpriv", StringComparison.Ordinal)));
        Assert.DoesNotContain(_machine.Root.Directories("/run/redishabake"), d => d.StartsWith("trial", StringComparison.Ordinal));

        await _machine.ApplyAsync();
        Assert.Equal(2, _machine.Programs.Runs.Count(r => r.StartsWith("/usr/bin/setpriv", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(">>> 'masterauth geheim extra'", ">>> 'masterauth …'")]
    [InlineData(">>> 'sentinel auth-pass mymaster geheim x'", ">>> 'sentinel …'")]
    [InlineData("8739:S 24 Nov 2026 23:17:59.404 # >>> 'nonsense-setting 1'", ">>> 'nonsense-setting 1'")]
    [InlineData("8739:S 24 Nov 2026 23:17:59.404 * Running mode=standalone, port=0.", "nothing")]
    public void Its_words_are_told_without_times_and_secrets(string said, string told) => Assert.Equal(told, EngineWords.Of(said, "nothing"));

    [Fact]
    public void The_texts_that_are_tried_keep_their_line_numbers_and_touch_no_port_and_no_data()
    {
        var text = RedisConf.Render(_machine.Plan, _machine.Agent.Host);

        var trial = ConfigTrial.Server(text, "/run/redishabake/trial.1");

        // The data's directory is nowhere in it: a server goes there where it reads the line.
        var tried = text.Replace("\ndir /var/lib/redis\n", "\ndir /run/redishabake/trial.1\n", StringComparison.Ordinal);
        Assert.StartsWith(tried, trial);
        Assert.DoesNotContain("dir /var/lib/redis\n", trial, StringComparison.Ordinal);
        Assert.Equal(
            ["port 0", "dir /run/redishabake/trial.1"],
            trial[tried.Length..].Split('\n').Take(2));
    }
}
