using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Cluster;

/// <summary>
/// The file beside the data that says that this node was a member once, so that a node that lost its data is never taken for a new one.
/// Peers see it through a config value that Redis uses in cluster mode only.
/// </summary>
public sealed class LifeMark(MachineRoot root, NodePlan plan)
{
    private const string LineagePrefix = "lineage ";
    private readonly EngineLayout _layout = EngineLayout.For(plan.Engine.Kind);

    private string LostFile => _layout.DataDirectory + "/redishabake.lost";

    /// <summary>What this node's disk says.</summary>
    public Life Read() => Word.Life;

    /// <summary>What this node's disk says, as its peers shall see it.</summary>
    public LifeWord Word
    {
        get
        {
            if (root.Read(_layout.LifeMark) is not { } mark)
                return new(Life.Blank, "");
            var lineage = mark.Split('\n').FirstOrDefault(l => l.StartsWith(LineagePrefix, StringComparison.Ordinal))?[LineagePrefix.Length..] ?? "";
            return new(root.Exists(LostFile) ? Life.Lost : Life.Member, lineage);
        }
    }

    /// <summary>
    /// To be called before each start of Redis, which makes new, empty files: a mark without the files that Redis loads is remembered
    /// as lost until a sync brings data again.
    /// </summary>
    public LifeWord ReadBeforeStart()
    {
        if (Read() == Life.Member && !new DatasetFiles(root, plan).HasWhatIsLoaded)
            root.Write(LostFile, "The life mark stood here without data files when Redis was started.\n");
        return Word;
    }

    /// <summary>Writes the mark, durably, once this node has bootstrapped or completed a sync.</summary>
    /// <param name="lineage">The dataset's; a later one that stands there already stays.</param>
    public void Write(string lineage)
    {
        Note(lineage);
        root.Delete(LostFile);
    }

    /// <summary>Notes that nothing here has to be kept any more for the sake of <paramref name="lineage"/>; a lost node stays lost.</summary>
    public void Note(string lineage)
    {
        var word = Word;
        if (word.Life != Life.Blank && !LifeWord.IsLater(lineage, word.Lineage))
            return;
        root.Write(
            _layout.LifeMark,
            $"This node was a member of cluster {plan.Cluster}. Without this file it counts as blank.\n{(lineage.Length == 0 ? "" : $"{LineagePrefix}{lineage}\n")}");
    }
}
