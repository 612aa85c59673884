using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E220 to E229: who holds data and who votes.</summary>
internal static class RoleRules
{
    public static void Check(RuleContext context)
    {
        for (var i = 0; i < context.Spec.Nodes.Count; i++)
        {
            var roles = context.Spec.Nodes[i].Roles;
            if (roles.Count == 0 || roles.Distinct().Count() != roles.Count)
            {
                context.Add(
                    "E228",
                    RuleContext.Node(i, "roles"),
                    roles.Count == 0 ? "a node without a role" : "a role stands twice",
                    "one or more of redis, sentinel, haproxy, each once",
                    "correct the list, or remove it for all three");
            }
        }

        if (!context.RolesAreSound)
            return;
        DataNodes(context, context.With(NodeRole.Redis));
        Sentinels(context, context.With(NodeRole.Sentinel).Count);
    }

    private static void DataNodes(RuleContext context, List<NodeSpec> data)
    {
        var nodes = SpecPath.Of("nodes");
        if (data.Count < 2)
        {
            context.Add(
                data.Count == 0 ? "E220" : "E221",
                nodes,
                data.Count == 0 ? "no node holds data" : $"only {context.Called(data[0])} holds data: nothing can take over from it",
                "three nodes with the role redis (two at the least)",
                "add redis to the roles of more nodes");
        }
        else if (data.Count == 2)
        {
            context.Add(
                "W222",
                nodes,
                context.Spec.Failover.MinReplicasToWrite == 0
                    ? "with two data nodes a master that is cut off goes on taking writes of clients beside it, and these are lost"
                    : "with two data nodes and minReplicasToWrite 1 the loss of either stops all writes",
                "three data nodes: then a cut-off master refuses writes and the others go on",
                context.Spec.Failover.MinReplicasToWrite == 0
                    ? "add a third node with the role redis, or set `failover.minReplicasToWrite: 1` to refuse writes rather than lose them"
                    : "add a third node with the role redis");
        }

        var initial = context.Spec.InitialMaster;
        if (data.Count > 0 && context.Sound(SpecPath.Of("initialMaster")) && context.Spec.Nodes.All(n => n.Name.Length > 0) && !data.Exists(n => n.Name == initial))
        {
            context.Add(
                "E226",
                SpecPath.Of("initialMaster"),
                context.Spec.Nodes.Any(n => n.Name == initial) ? $"{initial} holds no data" : $"there is no node {initial}",
                "one of " + string.Join(", ", data.Select(n => n.Name)),
                "name a node with the role redis, or remove the line for the first one");
        }
    }

    private static void Sentinels(RuleContext context, int sentinels)
    {
        var nodes = SpecPath.Of("nodes");
        if (sentinels < 3)
        {
            context.Add(
                "E223",
                nodes,
                sentinels switch { 0 => "no node votes", 1 => "one Sentinel cannot agree with anybody", _ => "two Sentinels lose their majority with either of them" },
                "three nodes with the role sentinel",
                "add sentinel to the roles of more nodes; a small VM with only `roles: [sentinel]` is enough as a witness");
        }
        else if (sentinels % 2 == 0)
        {
            context.Add(
                "W224",
                nodes,
                $"{sentinels} Sentinels survive no more losses than {sentinels - 1} would",
                "an odd number of nodes with the role sentinel",
                "remove the role from one node, or add it to another");
        }

        var quorum = context.Spec.Failover.Quorum;
        var majority = (sentinels / 2) + 1;
        if (sentinels >= 3 && (quorum < majority || quorum > sentinels))
        {
            context.Add(
                "E225",
                SpecPath.Of("failover.quorum"),
                quorum > sentinels ? $"a quorum of {quorum} cannot be reached by {sentinels} Sentinels" : $"a quorum of {quorum} is no majority of {sentinels} Sentinels",
                sentinels == majority ? $"{majority}" : $"{majority} to {sentinels}",
                "remove the line for a majority");
        }
    }
}
