using System.Net;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Shape;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E302 to E309: how VMs without internet install.</summary>
internal static class EgressRules
{
    /// <summary>Who has the proxy's port.</summary>
    public const string PortKey = "egress.port";

    private static readonly int[] Open = [80, 443];

    private const int FirstUnprivileged = 1024; // ip(7), ip_unprivileged_port_start

    public static void Check(RuleContext context)
    {
        var path = SpecPath.Of("egress");
        if (!context.Sound(path) || !context.Sound(SpecPath.Of("baked")))
            return;
        var (egress, baked) = (context.Spec.Egress, context.Spec.Agent.Baked);
        if (egress.Nobody && !baked)
        {
            context.Add(
                "E303",
                path,
                "a stock VM installs Redis, HAProxy and the agent from the internet when it boots, and none has any",
                "`egress: {via: NAME}`, or an image that carries everything",
                "name the node that has internet, or bake an image and say `baked: true` beside this");
        }

        if (egress.Via is null)
            return;
        if (baked)
        {
            context.Add(
                "W304",
                path,
                "a baked image carries everything: no VM needs a way out to install",
                "no `egress`, or `egress: none`, with `baked: true`",
                "remove the line");
        }
        else if (context.Sound(SpecPath.Of("nodes")))
        {
            Via(context, egress.Via);
        }
    }

    private static void Via(RuleContext context, string name)
    {
        var nodes = context.Spec.Nodes;
        if (nodes.FirstOrDefault(n => n.Name == name) is not { } via)
        {
            var names = nodes.Select(n => n.Name).Where(n => n.Length > 0).ToList();
            var nearest = Spelling.Nearest(name, names);
            context.Add(
                "E302",
                At("via"),
                $"there is no node {name}",
                "one of " + string.Join(", ", names),
                nearest is null ? "name the node that has internet" : $"write `{nearest}`");
            return;
        }

        if (via is { Address: Words.Auto, Roles: [NodeRole.Haproxy] })
        {
            context.Add(
                "E309",
                At("via"),
                $"the address of {name} is auto, and nobody learns the address of a VM on which HAProxy alone runs",
                "a node whose address is known, or one with the role redis or sentinel",
                $"write the address of {name} into the spec, or name another node");
        }

        Port(context, via);
        Url(context);
    }

    private static void Port(RuleContext context, NodeSpec via)
    {
        var port = context.Spec.Egress.Port;
        var taken = context.RolesAreSound ? PortRules.Taken(context, via).Where(t => t.Port == port && t.User != PortKey).Select(t => t.User).FirstOrDefault() : null;
        if (taken is not null)
        {
            context.Add(
                "E306",
                At("port"),
                $"port {port} is wanted twice on {context.Called(via)}: as {PortKey} and by {taken}",
                "a port of its own",
                "choose another for `egress.port`, or leave the line out for 3128");
        }
        else if (port < FirstUnprivileged)
        {
            context.Add(
                "E307",
                At("port"),
                $"port {port} is for root alone, and the proxy runs as a user of its own",
                $"{FirstUnprivileged} to 65535",
                "leave the line out for the usual port");
        }
    }

    // One that stands in the private network is asked without the proxy.
    private static void Url(RuleContext context)
    {
        if (!context.Sound(SpecPath.Of("agent")))
            return;
        var closed = context.Spec.Agent.Urls.Select(u => new Uri(u))
            .Where(u => !Open.Contains(u.Port) && !(IPAddress.TryParse(u.Host, out var host) && context.Network is { } network && network.Contains(host)))
            .ToList();
        if (closed.Count > 0 && closed.Count == context.Spec.Agent.Urls.Count)
        {
            context.Add(
                "E308",
                SpecPath.Of("agent.url"),
                $"the way out through {context.Spec.Egress.Via} leads to ports 80 and 443 only, and the agent is at port {closed[0].Port}",
                $"a URL of port 80 or 443, or one of an address in {context.Spec.Cidr}",
                "serve the agent's .deb at one of these");
        }
    }

    private static SpecPath At(string key) => SpecPath.Of("egress." + key);
}
