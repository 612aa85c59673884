using RedisHaBake.Agent.Cluster;

namespace RedisHaBake.Agent.Tests.Join;

public sealed class LifeTests
{
    [Theory]
    [InlineData("redishabake-life", Life.Member, "")]
    [InlineData("redishabake-life.20261124185312", Life.Member, "20261124185312")]
    [InlineData("redishabake-lost", Life.Lost, "")]
    [InlineData("redishabake-blank", Life.Blank, "")]
    [InlineData("redishabake-life.tomorrow", Life.Member, "")]
    [InlineData("", Life.Unknown, "")]
    [InlineData("shop.example.com", Life.Unknown, "")]
    public void What_a_node_shows_is_read_back(string word, Life life, string lineage)
    {
        Assert.Equal(new LifeWord(life, lineage), LifeWord.Parse(word));
        if (life != Life.Unknown && !word.EndsWith("tomorrow", StringComparison.Ordinal))
            Assert.Equal(word, LifeWord.Parse(word).ToString());
    }

    [Fact]
    public void A_mark_without_data_files_is_lost_until_a_sync_brings_data()
    {
        using var cluster = new Replay.FakeCluster();
        var mark = cluster.Life("redis-a");
        Assert.Equal(Life.Blank, mark.ReadBeforeStart().Life);
        cluster.GiveData("redis-a", 5);
        Assert.Equal(Life.Member, mark.ReadBeforeStart().Life);
        // A snapshot beside an append-only file that is gone: Redis would start empty.
        cluster.Agent("redis-a").Root.Delete("/var/lib/redis/appendonlydir/appendonly.aof.manifest");
        Assert.Equal(Life.Lost, mark.ReadBeforeStart().Life);
        mark.Note("20261124185312");
        Assert.Equal(new(Life.Lost, "20261124185312"), mark.Word);
        mark.Write("");
        Assert.Equal(new(Life.Member, "20261124185312"), mark.Word);
    }

    [Fact]
    public void A_dataset_that_is_kept_survives_its_first_name_and_nothing_else_is_taken_along()
    {
        using var cluster = new Replay.FakeCluster();
        cluster.GiveData("redis-a", 5);
        var root = cluster.Agent("redis-a").Root;
        root.Write("/var/lib/redis/appendonlydir/appendonly.aof.1.incr.aof", "SET x 1\n");
        root.Write("/var/lib/redis/temp-7.rdb", "half of a snapshot");
        var files = new DatasetFiles(root, cluster.Agent("redis-a").Plan);

        Assert.Equal(14, files.Keep("20261124185312"));
        Assert.Equal(14, files.Keep("20261124185312"));
        root.Delete("/var/lib/redis/dump.rdb");
        var kept = files.KeptDirectory + "/20261124185312";
        Assert.Equal("data 5", root.Read(kept + "/dump.rdb"));
        Assert.Equal("SET x 1\n", root.Read(kept + "/appendonlydir/appendonly.aof.1.incr.aof"));
        Assert.False(root.Exists(kept + "/temp-7.rdb"));
        Assert.False(root.Exists(kept + "/redishabake.life"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, root.Status(kept)!.Value.Mode);
    }
}
