using RedisHaBake.Model.Render;

namespace RedisHaBake.Model.Plan;

/// <summary>
/// Where nodes whose addresses come late find each other: the Sentinel of every node that has one, whose few connections cost nothing to list;
/// else its Redis. An agent logs in there, says who it is by the name of its connection, and reads names and kernel-seen addresses of all by
/// CLIENT LIST.
/// </summary>
public static class MeetingPlace
{
    /// <summary>
    /// All that <see cref="InternalUsers.Meeting"/> may do, beside what no ACL governs. A user of its own, because an address typed by a person may
    /// be a stranger's, who then holds a password that opens nothing else; whoever is learned is spoken to as the agent's own user.
    /// </summary>
    public const string Rights = "-@all +ping +client|setname +client|list";

    /// <summary>Its password. Made of the agents' and not the reverse, so that a secrets file of an older generator serves.</summary>
    public static string Password(NodePlan plan) => Sha256Hex.Of($"{InternalUsers.Meeting}/{plan.Secrets.ClusterId}/{plan.Secrets.Agent}")[..32];

    /// <summary>Whether others can meet at <paramref name="node"/>.</summary>
    public static bool IsAt(PlannedNode node) => !node.IsOnlyProxy;

    /// <summary>The port of <paramref name="node"/>'s meeting place.</summary>
    public static int Port(NodePlan plan, PlannedNode node) => node.Has(NodeRole.Sentinel) ? plan.Ports.Sentinel : plan.Ports.Redis;
}
