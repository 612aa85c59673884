using System.Net;
using System.Text.Json;
using RedisHaBake.Agent.Meeting;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Machine;

/// <summary>The IPv4 addresses of this machine, by iproute2.</summary>
public sealed class IpAddresses(IPrograms programs)
{
    internal const string Ip = "/sbin/ip";

    /// <summary>All of them, loopback left out.</summary>
    public async Task<IReadOnlyList<InterfaceAddress>> ListAsync(CancellationToken ct = default)
    {
        var result = await programs.RunAsync(Ip, ["-j", "-4", "address", "show"], ct);
        if (result.ExitCode != 0)
            throw new MachineException($"`ip -j -4 address show` failed: {result.Words}; expected the package iproute2");
        using var document = JsonDocument.Parse(result.Output.Length == 0 ? "[]" : result.Output);
        List<InterfaceAddress> found = [];
        foreach (var link in document.RootElement.EnumerateArray())
        {
            // ip prints an empty object for each link that a filter left out.
            if (!link.TryGetProperty("ifname", out var name) || name.GetString() == "lo")
                continue;
            foreach (var info in link.GetProperty("addr_info").EnumerateArray())
            {
                if (info.TryGetProperty("local", out var local))
                    found.Add(new(name.GetString()!, local.GetString()!, info.GetProperty("prefixlen").GetInt32()));
            }
        }

        return found;
    }

    /// <summary>Adds an address beside those that the interface has.</summary>
    public async Task AddAsync(InterfaceAddress address, CancellationToken ct = default)
    {
        var result = await programs.RunAsync(Ip, ["address", "add", $"{address.Address}/{address.PrefixLength}", "dev", address.Interface], ct);
        if (result.ExitCode != 0)
            throw new MachineException($"{address.Address}/{address.PrefixLength} could not be added to {address.Interface}: {result.Words}");
    }

    /// <summary>Takes an address off its interface.</summary>
    public async Task RemoveAsync(InterfaceAddress address, CancellationToken ct = default)
    {
        var result = await programs.RunAsync(Ip, ["address", "del", $"{address.Address}/{address.PrefixLength}", "dev", address.Interface], ct);
        if (result.ExitCode != 0)
            throw new MachineException($"{address.Address}/{address.PrefixLength} could not be taken off {address.Interface}: {result.Words}");
    }

    /// <summary>This node's own address: the plan's, which must be here, or for `auto` the one inside the cluster's network.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="all">What this machine has.</param>
    /// <param name="members">What was learned: of several the one that this node had before.</param>
    /// <exception cref="MachineException">None, or several.</exception>
    public static InterfaceAddress Own(NodePlan plan, IReadOnlyList<InterfaceAddress> all, Membership? members = null)
    {
        var onInterface = plan.Interface == Words.Auto ? all : [.. all.Where(a => a.Interface == plan.Interface)];
        var here = plan.Interface == Words.Auto ? "this machine" : $"interface {plan.Interface}";
        var has = all.Count == 0 ? "no address at all" : string.Join(", ", all.Select(a => $"{a.Address} on {a.Interface}"));
        if (plan.Self.Address != Words.Auto)
        {
            return onInterface.FirstOrDefault(a => a.Address == plan.Self.Address) ?? throw new MachineException(
                $"expected node {plan.Node}'s address {plan.Self.Address} on {here}, found {has}; this user-data may be another VM's, or the portal gave another address: correct the spec and generate again");
        }

        var network = IPNetwork.Parse(plan.Cidr);
        var extra = members?.ExtraOver(plan);
        var moving = new[] { plan.Addresses.Write, plan.Addresses.Read, extra?.Write, extra?.Read };
        var inside = onInterface.Where(a => network.Contains(IPAddress.Parse(a.Address)) && !moving.Contains(a.Address)).ToList();
        if (inside.Count > 1 && inside.Find(a => a.Address == members?.AddressOf(plan.Node)) is { } before)
            return before;
        return inside.Count switch
        {
            1 => inside[0],
            0 => throw new MachineException($"expected one address inside {plan.Cidr} on {here}, found {has}; attach the private network to this VM, or correct the spec's cidr"),
            _ => throw new MachineException(
                $"expected one address inside {plan.Cidr} on {here}, found {string.Join(", ", inside.Select(a => a.Address))}; name the node's address in the spec and generate again"),
        };
    }
}
