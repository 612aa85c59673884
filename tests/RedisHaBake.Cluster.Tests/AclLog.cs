using RedisHaBake.Cli;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Cluster.Tests;

/// <summary>What Redis and Sentinel refused to whom, as they note it themselves.</summary>
internal static class AclLog
{
    private const int SentinelPort = 26379;

    /// <summary>Every refusal on every node that is on; empty where all users could do what they wanted.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(RunningLab lab)
    {
        var password = Generation.Run(LabGround.Spec, keepSecrets: false).Secrets!.Internal.Agent;
        List<string> refused = [];
        foreach (var machine in lab.Machines.Where(m => m.IsOn))
        {
            foreach (var port in Ports(lab, machine.Node))
            {
                var endpoint = new RespEndpoint(machine.Node.Address, port, InternalUsers.Agent, password, lab.Plan.Beside(machine.Node.Name));
                var log = await NetworkNamespace.RunAsync(lab.KeeperPid, () =>
                {
                    using var connection = RespClient.ConnectAsync(endpoint, TimeSpan.FromSeconds(10)).GetAwaiter().GetResult();
                    return connection.CallAsync("ACL", "LOG").GetAwaiter().GetResult().OrThrow();
                });
                refused.AddRange(log.Items.Select(entry => $"{machine.Node.Name}:{port} {string.Join(' ', entry.Items.Select(i => i.AsText()))}"));
            }
        }

        return refused;
    }

    private static IEnumerable<int> Ports(RunningLab lab, LabNode node)
        => [.. node.Has(NodeRole.Redis) ? [lab.Plan.Client.Port] : Array.Empty<int>(), .. node.Has(NodeRole.Sentinel) ? [SentinelPort] : Array.Empty<int>()];
}
