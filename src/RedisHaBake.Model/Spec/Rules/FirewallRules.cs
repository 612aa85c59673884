using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>W295 to W296: who may reach the nodes.</summary>
internal static class FirewallRules
{
    public static void Check(RuleContext context)
    {
        var path = SpecPath.Of("firewall.clients");
        if (!context.Sound(path) || !context.Sound(SpecPath.Of("firewall.enabled")))
            return;
        var firewall = context.Spec.Firewall;
        if (!firewall.Enabled && firewall.Clients.Count > 0)
        {
            context.Add(
                "W295",
                path,
                "clients are listed, but without a firewall everybody reaches the cluster's ports",
                "`enabled: true` beside the clients",
                "add `enabled: true`, or remove `firewall`");
        }
        else if (firewall.Enabled && firewall.Clients.Count == 0)
        {
            context.Add(
                "W296",
                path,
                "the firewall lets the cluster's own nodes in and nobody else",
                "the addresses or networks of the applications",
                "add `clients: [10.20.30.0/24]`, for example; leave it so where all applications run on the nodes themselves");
        }
    }
}
