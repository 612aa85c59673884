using RedisHaBake.Cli;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Cluster.Tests;

/// <summary>Redises and Sentinels of a lab, asked as the agent's own user: what a person with root on a VM can do to them.</summary>
internal sealed class AgentView(RunningLab lab)
{
    private const int SentinelPort = 26379;
    private static readonly string _password = Generation.Run(LabGround.Spec, keepSecrets: false).Secrets!.Internal.Agent;

    /// <summary>The reply of a node's Redis, asked beside the node.</summary>
    public Task<RespValue> RedisAsync(string node, params string[] command) => AskAsync(node, lab.Plan.Client.Port, command);

    /// <summary>The reply of a node's Sentinel.</summary>
    public Task<RespValue> SentinelAsync(string node, params string[] command) => AskAsync(node, SentinelPort, command);

    /// <summary>The node that a Sentinel names, or empty, also where it is just being started.</summary>
    public async Task<string> NamedByAsync(string node)
    {
        RespValue reply;
        try
        {
            reply = await SentinelAsync(node, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", "tutorial");
        }
        catch (RespUnreachableException)
        {
            return "";
        }

        return reply.IsNull ? "" : lab.Plan.Nodes.First(n => n.Address == reply.OrThrow().Items[0].Text).Name;
    }

    /// <summary>Whether the Sentinels of all <paramref name="nodes"/> name <paramref name="master"/> and list the others with priority 100.</summary>
    public async Task<bool> FitReplicasAsync(string master, IReadOnlyList<string> nodes)
    {
        foreach (var node in nodes)
        {
            if (await NamedByAsync(node) != master)
                return false;
            var replicas = (await SentinelAsync(node, "SENTINEL", "REPLICAS", "tutorial")).Items.Select(r => r.AsPairs()).ToList();
            if (replicas.Count(r => r["flags"] == "slave" && r["slave-priority"] == "100" && r["master-link-status"] == "ok") != nodes.Count - 1)
                return false;
        }

        return true;
    }

    private Task<RespValue> AskAsync(string node, int port, string[] command)
    {
        var endpoint = new RespEndpoint(lab.Plan.Node(node).Address, port, InternalUsers.Agent, _password, lab.Plan.Beside(node));
        return NetworkNamespace.RunAsync(lab.KeeperPid, () =>
        {
            using var connection = RespClient.ConnectAsync(endpoint, TimeSpan.FromSeconds(10)).GetAwaiter().GetResult();
            return connection.CallAsync(command, CancellationToken.None).GetAwaiter().GetResult();
        });
    }
}
