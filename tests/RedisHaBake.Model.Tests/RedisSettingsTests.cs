using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Model.Tests;

public sealed class RedisSettingsTests
{
    [Theory]
    [InlineData("maxmemory", "64mb", "67108864", true)]
    [InlineData("maxmemory", "64m", "64000000", true)]
    [InlineData("maxmemory", "64mb", "67108865", false)]
    [InlineData("save", "\"\"", "", true)]
    [InlineData("save", "3600 1 300 100", "3600 1 300 100", true)]
    [InlineData("appendonly", "YES", "yes", true)]
    [InlineData("client-output-buffer-limit", "replica 256mb 64mb 60", "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60", true)]
    [InlineData("client-output-buffer-limit", "replica 256mb 64mb 61", "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60", false)]
    public void A_servers_answer_is_compared_by_meaning(string name, string planned, string found, bool holds)
        => Assert.Equal(holds, RedisSettings.Holds(name, planned, found));

    [Fact]
    public void What_the_join_decides_is_no_setting_of_the_plan()
    {
        var settings = RedisSettings.For(SamplePlan.Tutorial(), SamplePlan.Host());

        Assert.DoesNotContain("replicaof", settings.Keys);
        Assert.DoesNotContain("replica-priority", settings.Keys);
        Assert.Equal("1", settings["min-replicas-to-write"]);
        Assert.True(RedisSettings.IsSecret("masterauth"));
    }
}
