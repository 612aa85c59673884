using System.Text.Json;
using System.Text.Json.Nodes;
using RedisHaBake.Lab.Drills;

namespace RedisHaBake.Cli.Lab;

/// <summary>Drills for programs. Times are in seconds.</summary>
internal static class DrillJson
{
    /// <summary>The document's members.</summary>
    public static JsonObject Write(DrillSetting setting, IReadOnlyList<DrillRow> rows, string stopped) => new()
    {
        ["at"] = setting.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
        ["lab"] = setting.Plan.Name,
        ["suite"] = setting.Plan.Suite,
        ["nodes"] = setting.Plan.Nodes.Count,
        ["versions"] = new JsonObject(setting.Versions.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value))),
        ["downAfter"] = setting.Plan.Failover!.DownAfterMs / 1000.0,
        ["maxLag"] = setting.Plan.Failover!.MaxLagS,
        ["withoutDaemon"] = setting.WithoutDaemon,
        ["good"] = stopped.Length == 0 && !rows.Any(r => r.Failed),
        ["stopped"] = stopped,
        ["drills"] = new JsonArray([.. rows.Select(r => (JsonNode)Row(r))]),
    };

    private static JsonObject Row(DrillRow row) => new JsonObject
    {
        ["drill"] = row.Drill.Name,
        ["what"] = row.Drill.What,
        ["acked"] = row.Acked,
        ["lost"] = row.Lost,
        ["lostPercent"] = row.Acked == 0 ? 0 : Math.Round(100.0 * row.Lost / row.Acked, 3),
        ["ackedBeside"] = row.AckedBeside,
        ["lostBeside"] = row.LostBeside,
        ["invented"] = row.Invented,
        ["gap"] = Spread(row.Gap),
        ["healGap"] = Spread(row.HealGap),
        ["twoNodesAcked"] = Spread(row.TwoNodesAcked),
        ["cutOffAcked"] = Spread(row.CutOffAcked),
        ["back"] = Spread(row.Back),
        ["bound"] = new JsonObject
        {
            ["text"] = row.BoundText,
            ["gap"] = row.Drill.Bound.GapOf(row.Failover)?.TotalSeconds,
            ["met"] = row.Missed.Count == 0,
            ["missed"] = new JsonArray([.. row.Missed.Select(m => JsonValue.Create(m))]),
        },
        ["runs"] = new JsonArray([.. row.Runs.Select(r => JsonSerializer.SerializeToNode(r, LabJson.Default.DrillRun))]),
    };

    private static JsonObject? Spread(Spread? spread) => spread is null ? null : new JsonObject { ["p50"] = spread.P50, ["max"] = spread.Max };
}
