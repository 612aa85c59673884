namespace RedisHaBake.Cli.Tests;

/// <summary>preview finds a file by whatever an operator calls it.</summary>
public sealed class PreviewTests : SpecDirectory
{
    [Theory]
    [InlineData("redis.conf", "port 6379")]
    [InlineData("sentinel.conf", "sentinel deny-scripts-reconfig yes")]
    [InlineData("/etc/redis/sentinel.conf", "sentinel deny-scripts-reconfig yes")]
    [InlineData("haproxy.cfg", "frontend")]
    [InlineData("haproxy", "frontend")]
    [InlineData("users.acl", "user app")]
    [InlineData("sentinel-users.acl", "user default off")]
    [InlineData("keepalived.conf", "vrrp_instance")]
    [InlineData("nftables.conf", "table inet redishabake")]
    [InlineData("firewall.nft", "table inet redishabake")]
    [InlineData("sysctl.conf", "vm.overcommit_memory")]
    public async Task A_file_is_found_by_its_name(string name, string text)
    {
        await Init();
        File.AppendAllText(Spec, "addresses: {write: 10.10.90.92}\nfirewall: {enabled: true, clients: [10.9.0.0/16]}\n");
        var run = await Run.Of("preview", Spec, "-n", "redis-a", "-f", name);
        Assert.Equal((ExitCode.Good, ""), (run.Code, run.Error));
        Assert.Contains(text, run.Output);
        Assert.DoesNotContain("==>", run.Output);
    }

    [Theory]
    [InlineData("redis.cnf", "error: there is no file \"redis.cnf\"; did you mean redis.conf? expected one of 99-zz-redishabake.conf, ")]
    [InlineData("keepalived.conf", "error: there is no file \"keepalived.conf\": keepalived runs only where `addresses` are floating and the node serves clients; expected one of ")]
    [InlineData("nftables", "error: there is no file \"nftables\": the firewall is made only with `firewall: {enabled: true}`; expected one of ")]
    public async Task A_name_that_is_none_gets_those_that_are(string name, string said)
    {
        await Init();
        var run = await Run.Of("preview", Spec, "-f", name);
        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        Assert.StartsWith(said, run.Error);
        Assert.EndsWith(", sentinel.conf\n", run.Error);
    }

    [Theory]
    [InlineData("", "\nsave 3600 1\n")]
    [InlineData("redis: {appendOnly: false}\n", "\nsave 3600 1 300 100 60 10000\n")]
    [InlineData("redis: {save: \"900 1\"}\n", "\nsave 900 1\n")]
    public async Task Snapshots_are_backups_beside_an_append_only_file_and_all_there_is_without(string redis, string text)
    {
        await Init();
        File.AppendAllText(Spec, redis);
        Assert.Contains(text, (await Run.Of("preview", Spec, "-n", "redis-a", "-f", "redis.conf")).Output);
    }

    [Fact]
    public async Task Sentinels_password_is_hidden_like_all_others()
    {
        await Init();
        Assert.Contains("sentinel sentinel-pass hidden\n", (await Run.Of("preview", Spec, "-n", "redis-a", "-f", "sentinel.conf")).Output);
    }
}
