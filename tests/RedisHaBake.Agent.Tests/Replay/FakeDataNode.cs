using RedisHaBake.Agent.Cluster;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Tests.Replay;

/// <summary>A Redis that remembers its role and its data; data is a number that grows with every write.</summary>
internal sealed class FakeDataNode(FakeCluster cluster, string name, string address)
{
    public string Name { get; } = name;

    public string Address { get; } = address;

    public bool Up { get; private set; }

    public TimeSpan DownSince { get; private set; }

    public bool IsMaster { get; set; }

    public string Follows { get; set; } = DataNodeView.Nobody;

    public int Priority { get; set; }

    public long Data { get; set; }

    public string Life { get; private set; } = RedisConf.Blank;

    /// <summary>It follows a master that is up, and so has its data.</summary>
    public bool Synced => Up && !IsMaster && cluster.Data.Any(n => n.Address == Follows && n is { Up: true, IsMaster: true });

    /// <summary>A new process: whatever it was, it is an unfit replica of nobody, and shows what its disk says.</summary>
    public void Start(string life) => (Up, IsMaster, Follows, Priority, Life) = (true, false, DataNodeView.Nobody, 0, life);

    public void Stop() => (Up, DownSince) = (false, cluster.Now);

    /// <summary>The reply, or null where this Redis does not run.</summary>
    public string? Answer(string[] words)
    {
        if (!Up)
            return null;
        switch (words)
        {
            case ["INFO", ..]:
                return Wire.Bulk(Info());
            case ["CONFIG", "GET", ..]:
                return Wire.Array(RedisConf.LifeMarkSetting, Life, "replica-priority", $"{Priority}");
            case ["CONFIG", "SET", "replica-priority", var priority]:
                Priority = int.Parse(priority);
                break;
            case ["CONFIG", "SET", RedisConf.LifeMarkSetting, var life]:
                Life = life;
                break;
            case ["REPLICAOF", "NO", "ONE"]:
                (IsMaster, Follows) = (true, "");
                break;
            case ["REPLICAOF", var master, _]:
                (IsMaster, Follows) = (false, master);
                break;
            case ["AUTH", ..] or ["CLIENT", ..]:
                break;
            default:
                throw new InvalidOperationException($"nobody expected {string.Join(' ', words)}");
        }

        cluster.Settle();
        return "+OK\r\n";
    }

    private string Info() => string.Join("\r\n", (string[])
    [
        "# Replication",
        "loading:0",
        $"role:{(IsMaster ? "master" : "slave")}",
        $"master_repl_offset:{Data}",
        .. IsMaster
            ? []
            : (string[])
            [
                $"master_host:{Follows}", $"master_link_status:{(Synced ? "up" : "down")}", "master_sync_in_progress:0", "master_link_down_since_seconds:1",
                $"slave_repl_offset:{Data}", $"slave_priority:{Priority}",
            ],
        .. Data > 0 ? (string[])[$"db0:keys={Data}"] : [],
        "",
    ]);
}
