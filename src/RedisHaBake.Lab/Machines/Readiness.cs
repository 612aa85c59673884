using System.Text.Json;
using System.Text.Json.Nodes;

namespace RedisHaBake.Lab.Machines;

/// <summary>Follows the agents' own files: what they do, and the ready stamp.</summary>
public static class Readiness
{
    private const string Stamp = "/run/redishabake/ready";
    private const string Boot = "/run/redishabake/boot.json";
    private const string Join = "/run/redishabake/join.json";

    private const string Agent = "/usr/lib/systemd/system/redishabake-agent.service";
    // There as soon as the machine can be asked at all.
    private const string BootId = "/proc/sys/kernel/random/boot_id";
    private const string CloudInitDone = "/run/cloud-init/result.json";

    /// <summary>How long a first boot may take: a machine may be a slow one with two cores; a healthy baked one takes seconds.</summary>
    public static TimeSpan LimitOf(LabPlan plan) => TimeSpan.FromMinutes(plan.IsStock ? 20 : 4);

    /// <summary>The same where the kind of machine is known: an emulated one takes several times as long.</summary>
    public static TimeSpan LimitOf(RunningLab lab) => LimitOf(lab.Plan) * (lab.State.Vm is { IsEmulated: true } ? 3 : 1);

    /// <summary>How far <paramref name="machine"/> is.</summary>
    public static async Task<NodeStatus> OfAsync(Machine machine, CancellationToken ct = default)
    {
        var node = machine.Node;
        try
        {
            if (!machine.IsOn)
                return new(node.Name, node.Address, false, false, "");
            var files = await machine.ReadAsync([BootId, Stamp, Boot, Join, CloudInitDone, Agent], ct);
            if (files.ContainsKey(Stamp))
                return new(node.Name, node.Address, true, true, string.Join("; ", Texts(Read(files, Boot)?["degraded"])));
            return new(node.Name, node.Address, true, false, Doing(files));
        }
        catch (LabException)
        {
            return new(node.Name, node.Address, false, false, "");
        }
    }

    /// <summary>Waits until every one of <paramref name="machines"/> is ready.</summary>
    /// <param name="machines">The machines.</param>
    /// <param name="limit">How long.</param>
    /// <param name="progress">Told how far they are whenever that has changed.</param>
    /// <param name="ct">Gives up earlier.</param>
    /// <exception cref="LabException">One was not ready in time, and what it was doing; or the lab was taken down.</exception>
    public static async Task WaitAsync(IReadOnlyList<Machine> machines, TimeSpan limit, Action<IReadOnlyList<NodeStatus>> progress, CancellationToken ct)
    {
        IReadOnlyList<NodeStatus> last = [];
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (System.Diagnostics.Stopwatch.GetElapsedTime(start) < limit)
        {
            IReadOnlyList<NodeStatus> now = await Task.WhenAll(machines.Select(m => OfAsync(m, ct)));
            if (!now.SequenceEqual(last))
                progress(now);
            last = now;
            if (now.All(n => n.IsReady))
                return;
            if (machines.Any(m => m.IsGone))
                throw new LabException("the lab was taken down before its machines were ready");
            await Task.Delay(machines.Max(m => m.Pace), ct);
        }

        var late = last.First(n => !n.IsReady);
        throw new LabException(
            $"{late.Node} is not ready after {limit.TotalSeconds:0} s; it is {late.State}{(late.Doing.Length > 0 ? ": " + late.Doing : "")}; its journal ends with:\n"
            + await JournalEndAsync(machines.First(m => m.Node.Name == late.Node), ct));
    }

    private static async Task<string> JournalEndAsync(Machine machine, CancellationToken ct)
    {
        if (!machine.IsOn)
            return "";
        IReadOnlyList<string> journal = ["journalctl", "--no-pager", "--quiet", "--output=short", "--lines=20"];
        var agent = await machine.RunAsync([.. journal, "--unit=redishabake*"], ct);
        return agent.Output.Length > 0 ? agent.Output : (await machine.RunAsync(journal, ct)).Output;
    }

    private static string Doing(IReadOnlyDictionary<string, string> files)
    {
        var boot = Read(files, Boot);
        if (Text(boot?["failure"]) is { Length: > 0 } failure)
            return failure;
        if (Text(Read(files, Join)?["sentence"]) is { Length: > 0 } sentence)
            return sentence;
        if (boot?["steps"] is JsonArray { Count: > 0 } steps)
            return "done: " + (Text(steps[^1]?["name"]) ?? Text(steps[^1]?["step"]) ?? "");
        if (boot is not null)
            return "agent started";
        return !files.ContainsKey(BootId) ? "starting" : !files.ContainsKey(CloudInitDone) ? "cloud-init" : files.ContainsKey(Agent) ? "cloud-init is done" : "installing packages and the agent";
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static IEnumerable<string> Texts(JsonNode? node) => node is JsonArray array ? array.Select(Text).OfType<string>() : [];

    private static JsonNode? Read(IReadOnlyDictionary<string, string> files, string path)
    {
        try
        {
            return files.TryGetValue(path, out var text) ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            // It is just being written.
            return null;
        }
    }
}
