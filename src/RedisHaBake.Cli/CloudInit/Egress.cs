using System.Net;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Cli.CloudInit;

/// <summary>The ways out in a stock VM's text: on one node a proxy that is there first of all, on the others apt's use of it.</summary>
internal static class Egress
{
    /// <summary>What stands for the address of <paramref name="via"/> in a text until it is known; no machine has such a name.</summary>
    public static string Unknown(string via) => Portal.Lacking(via);

    /// <summary>The node whose address the text of <paramref name="plan"/>'s node lacks, without which it is of no use; null where it lacks none.</summary>
    public static string? Lacking(NodePlan plan)
        => AptProxy.Via(plan) is { Address: Words.Auto } via && !plan.Known.ContainsKey(via.Name) ? via.Name : null;

    /// <summary>The files, with the words <paramref name="plan"/>'s agent would use.</summary>
    public static IEnumerable<WriteFile> Files(NodePlan plan)
    {
        var files = AptProxy.Via(plan) is { } via ? [AptProxy.File(plan, AddressOf(plan, via))] : EgressProxy.Files(plan, plan.Self.Address);
        return files.Select(f => new WriteFile(f.Path, f.Mode, f.Content));
    }

    /// <summary>Lines of the installation's shell script that come before its first use of an archive.</summary>
    public static string Before(NodePlan plan)
    {
        if (AptProxy.Via(plan) is { } via)
            return Waiting(plan, via, AddressOf(plan, via));
        if (plan.Egress.Via != plan.Node)
            return "";
        return OwnAddress(plan) + $"""
            # The other nodes wait for this.
            apt update
            apt install {string.Join(' ', EgressProxy.Packages)}
            systemctl -q enable --now {Installation.Short(EgressProxy.Unit)}

            """;
    }

    /// <summary>Options of apt for what <paramref name="url"/> gives: a server in the private network is reached without the proxy, which leads out of it only.</summary>
    public static string Options(NodePlan plan, string url)
        => AptProxy.Via(plan) is not null && IPAddress.TryParse(new Uri(url).Host, out var host) && IPNetwork.Parse(plan.Cidr).Contains(host)
            ? $"-o Acquire::http::Proxy::{host}=DIRECT -o Acquire::https::Proxy::{host}=DIRECT "
            : "";

    private static string AddressOf(NodePlan plan, PlannedNode via)
        => via.Address != Words.Auto ? via.Address : plan.Known.GetValueOrDefault(via.Name) ?? Unknown(via.Name);

    private static string OwnAddress(NodePlan plan) => plan.Self.Address != Words.Auto ? "" : $"""
        own=$(ip -4 -o address show to {plan.Cidr} | sed -n '1s|.* inet \([0-9.]*\)/.*|\1|p')
        test "$own" || {"{"} echo "{plan.Node} has no address in {plan.Cidr} yet; trying again" >&2; exit 1; {"}"}
        sed -i "s/^Listen .*/Listen $own/" {EgressProxy.Path}

        """;

    // Words at once and then every minute; bash is essential on both distributions, and no other program that connects is.
    private static string Waiting(NodePlan plan, PlannedNode via, string address) => $"""
        tries=0
        until timeout 3 bash -c ': </dev/tcp/{address}/{plan.Egress.Port}' 2>/dev/null
        do
          test $((tries % 12)) != 0 || echo "{plan.Node} has no internet and installs through {via.Name}, which does not answer at {address} port {plan.Egress.Port} yet; waiting for it" >&2
          tries=$((tries + 1))
          sleep 5
        done

        """;
}
