using System.Text.Json;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot;

/// <summary>What the boot sequence did so far: the ready stamp's content, and what <c>status</c> shows of the last boot.</summary>
/// <param name="Version">The agent's version.</param>
/// <param name="Started">When the sequence began, UTC.</param>
/// <param name="Ready">When the node was ready, UTC; null until then.</param>
/// <param name="Steps">The steps that ended, in order.</param>
/// <param name="Degraded">Why the node is ready but not whole, or will be.</param>
/// <param name="Failure">The sentence of the step that failed; empty where none did.</param>
public sealed record BootReport(
    string Version,
    DateTimeOffset Started,
    DateTimeOffset? Ready,
    IReadOnlyList<StepReport> Steps,
    IReadOnlyList<string> Degraded,
    string Failure)
{
    /// <summary>The running or last sequence of this boot.</summary>
    public const string RunFile = "/run/redishabake/boot.json";

    /// <summary>The ready stamp of this boot, written last.</summary>
    public const string ReadyFile = "/run/redishabake/ready";

    /// <summary>The ready stamp that outlives a reboot: this node was ready once.</summary>
    public const string DurableReadyFile = "/var/lib/redishabake/ready";

    /// <summary>Puts one reason for being degraded in another's place, wherever it is said; null for none.</summary>
    public static void Replace(MachineRoot root, string? before, string? after)
    {
        foreach (var file in (string[])[RunFile, ReadyFile, DurableReadyFile])
        {
            if (Read(root, file) is { } report)
                (report with { Degraded = [.. report.Degraded.Where(d => d != before), .. after is null ? Array.Empty<string>() : [after]] }).Write(root, file);
        }
    }

    /// <summary>Reads one, or null where there is none that can be read.</summary>
    public static BootReport? Read(MachineRoot root, string file)
    {
        try
        {
            return root.Read(file) is { } text ? JsonSerializer.Deserialize(text, BootReportJson.Default.BootReport) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it.</summary>
    public void Write(MachineRoot root, string file) => root.Write(file, JsonSerializer.Serialize(this, BootReportJson.Default.BootReport) + "\n");
}
