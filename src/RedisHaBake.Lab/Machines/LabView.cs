using System.Text.Json.Nodes;
using RedisHaBake.Lab.Host;
using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Lab.Machines;

/// <summary>Looks at a lab from outside, as an application would.</summary>
public static class LabView
{
    private const string NoAnswer = "no answer";
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Every machine.</summary>
    public static async Task<IReadOnlyList<NodeView>> ReadAsync(RunningLab lab, CancellationToken ct)
    {
        var cut = await CutPortsAsync(lab, ct);
        return await Task.WhenAll(lab.Machines.Select(async machine =>
        {
            var status = await Readiness.OfAsync(machine, ct);
            var redis = !machine.Node.Has(NodeRole.Redis) ? "none here" : machine.IsOn ? await RoleAsync(lab, machine) : "";
            if (redis == NoAnswer && lab.State.Vm is null && machine.IsOn && machine.MainProcess(EngineLayout.For(lab.Plan.Engine).ServerUnit) is null)
                redis = "not running";
            return new NodeView(status.Node, status.Address, status.State, cut.Contains(machine.Port) ? "cut" : "up", redis, status.Doing);
        }));
    }

    /// <summary>The node whose Redis says that it is the master, or empty where none does; the first in the plan's order where several do.</summary>
    public static async Task<string> MasterAsync(RunningLab lab)
    {
        var roles = await Task.WhenAll(lab.Machines.Where(m => m.Node.Has(NodeRole.Redis)).Select(async m => (m.Node.Name, Role: m.IsOn ? await RoleAsync(lab, m) : "")));
        return roles.FirstOrDefault(r => r.Role == "master").Name ?? "";
    }

    /// <summary>What a machine's Redis answers to the application's user, asked beside the machine, so that a cut does not hide it.</summary>
    public static async Task<string> RoleAsync(RunningLab lab, Machine machine) => (await StandingAsync(lab, machine)).Role;

    /// <summary>The same, and whether it may be promoted.</summary>
    public static Task<Standing> StandingAsync(RunningLab lab, Machine machine) => NetworkNamespace.RunAsync(lab.KeeperPid, () => AskStanding(lab, machine));

    /// <summary>
    /// The address that a machine's Sentinel names as the master: empty where it names nobody or does not answer, null where the
    /// application's user may not ask.
    /// </summary>
    public static Task<string?> NamedAsync(RunningLab lab, Machine machine) => NetworkNamespace.RunAsync(lab.KeeperPid, () => AskNamed(lab, machine));

    private static Standing AskStanding(RunningLab lab, Machine machine)
    {
        var client = lab.Plan.Client;
        try
        {
            var endpoint = new RespEndpoint(machine.Node.Address, client.Port, client.User, client.Password, lab.Plan.Beside(machine.Node.Name));
            using var connection = RespClient.ConnectAsync(endpoint, _patience).GetAwaiter().GetResult();
            var info = connection.CallAsync("INFO", "replication").GetAwaiter().GetResult().OrThrow().Text;
            return Field(info, "role") switch
            {
                "master" => new("master"),
                "slave" when Field(info, "master_link_status") == "up" => new("replica", Field(info, "slave_priority") is not ("" or "0")),
                "slave" => new("replica, not synced"),
                var other => new(other),
            };
        }
        catch (RespUnreachableException)
        {
            return new(NoAnswer);
        }
        catch (RespException e)
        {
            return new(e.Code);
        }
    }

    private static string? AskNamed(RunningLab lab, Machine machine)
    {
        var (client, failover) = (lab.Plan.Client, lab.Plan.Failover!);
        try
        {
            var endpoint = new RespEndpoint(machine.Node.Address, failover.SentinelPort, client.User, client.Password, lab.Plan.Beside(machine.Node.Name));
            using var connection = RespClient.ConnectAsync(endpoint, _patience).GetAwaiter().GetResult();
            var named = connection.CallAsync("SENTINEL", "GET-MASTER-ADDR-BY-NAME", failover.MasterName).GetAwaiter().GetResult().OrThrow();
            return named.Items is [var address, _] ? address.Text : "";
        }
        catch (RespUnreachableException)
        {
            return "";
        }
        catch (RespException e)
        {
            return e.Code is "NOPERM" or "WRONGPASS" ? null : "";
        }
    }

    private static string Field(string info, string name)
        => info.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";

    private static async Task<IReadOnlyList<string>> CutPortsAsync(RunningLab lab, CancellationToken ct)
    {
        var answer = JsonNode.Parse(await lab.InNetworkAsync(["nft", "-j", "list", "set", "bridge", "lab", "cut"], ct));
        var set = answer?["nftables"]?.AsArray().Select(n => n?["set"]).FirstOrDefault(n => n is not null);
        return set?["elem"] is JsonArray elements ? [.. elements.Select(e => e!.GetValue<string>())] : [];
    }
}
