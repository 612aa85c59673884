using System.Net;
using System.Security.Cryptography;
using System.Text;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.CloudInit;

/// <summary>The two other files of cloud-init's NoCloud datasource, for machines of one's own.</summary>
internal static class NoCloud
{
    /// <summary>meta-data. The instance id changes with the user-data, so that changed text runs again.</summary>
    public static string MetaData(NodePlan plan, string userData)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(userData)))[..12];
        return $"instance-id: {plan.Cluster}-{plan.Node}-{hash}\nlocal-hostname: \"{plan.Node}\"\n";
    }

    /// <summary>network-config, version 2: the node's private address, or DHCP where it is not known yet.</summary>
    /// <param name="plan">The node's plan.</param>
    /// <param name="networkInterface">The machine's interface by name; auto takes every Ethernet interface.</param>
    public static string NetworkConfig(NodePlan plan, string networkInterface)
    {
        // Without accept-ra networkd waits 12 s for a router's IPv6 advertisement where there is none.
        var address = plan.Self.Address == Words.Auto
            ? "    dhcp4: true\n"
            : $"    addresses: [{plan.Self.Address}/{IPNetwork.Parse(plan.Cidr).PrefixLength}]\n    accept-ra: false\n";
        var name = networkInterface == Words.Auto ? "e*" : networkInterface;
        return $"version: 2\nethernets:\n  private:\n    match: {{name: \"{name}\"}}\n{address}";
    }
}
