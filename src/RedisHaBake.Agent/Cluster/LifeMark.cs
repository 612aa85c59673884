using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Cluster;

/// <summary>
/// The file beside the data that says that this node was a member once, so that a node that lost its data is never taken for a new one.
/// Peers see it through a config value that Redis uses in cluster mode only.
/// </summary>
public sealed class LifeMark(MachineRoot root, NodePlan plan)
{
    private readonly EngineLayout _layout = EngineLayout.For(plan.Engine.Kind);

    private string LostFile => _layout.DataDirectory + "/redishabake.lost";

    /// <summary>What this node's disk says.</summary>
    public Life Read() => !root.Exists(_layout.LifeMark) ? Life.Blank
        : root.Exists(LostFile) ? Life.Lost
        : Life.Member;

    /// <summary>
    /// To be called before each start of Redis, which makes new, empty files: a mark whose data files are gone is remembered as lost
    /// until a sync brings data again.
    /// </summary>
    public Life ReadBeforeStart()
    {
        if (Read() == Life.Member && !HasDataFiles())
            root.Write(LostFile, "The life mark stood here without data files when Redis was started.\n");
        return Read();
    }

    /// <summary>Writes the mark, durably, once this node has bootstrapped or completed a sync.</summary>
    public void Write()
    {
        if (Read() == Life.Blank)
            root.Write(_layout.LifeMark, $"This node was a member of cluster {plan.Cluster}. Without this file it counts as blank.\n");
        root.Delete(LostFile);
    }

    /// <summary>What a peer's word means.</summary>
    public static Life Parse(string word) => word switch
    {
        RedisConf.LifeMarked => Life.Member,
        RedisConf.Blank => Life.Blank,
        _ => Life.Unknown,
    };

    private bool HasDataFiles()
    {
        var directory = root.At(_layout.DataDirectory);
        return Directory.Exists(directory)
            && (Directory.EnumerateFiles(directory, "*.rdb").Any()
                || Directory.EnumerateFiles(directory, "*.aof").Any()
                || (Directory.Exists(directory + "/appendonlydir") && Directory.EnumerateFiles(directory + "/appendonlydir").Any()));
    }
}
