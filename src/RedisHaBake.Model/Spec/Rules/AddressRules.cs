using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E210 to E219: the write and the read address.</summary>
internal static class AddressRules
{
    public static void Check(RuleContext context)
    {
        var addresses = context.Spec.Addresses;
        One(context, "write", addresses.Write);
        One(context, "read", addresses.Read);
        if (addresses.HasWrite && addresses.Write == addresses.Read)
        {
            context.Add(
                "E211",
                At("read"),
                $"the read address is the write address, {addresses.Read}",
                "another address than `addresses.write`",
                "acquire a second private IP in the portal, or remove `read`");
        }

        if (addresses.Mode != AddressMode.None && context.RolesAreSound)
            Carriers(context, addresses);
        WithoutEffect(context, addresses.Mode);
    }

    private static void WithoutEffect(RuleContext context, AddressMode mode)
    {
        if (mode == AddressMode.Pinned || !context.Written(At("pinnedTo")) || !context.Sound(SpecPath.Of("addresses")))
            return;
        context.Add(
            "W216",
            At("pinnedTo"),
            mode == AddressMode.None ? "`pinnedTo` says where addresses are kept, and there are none" : "`pinnedTo` has no effect: the addresses float",
            mode == AddressMode.None ? "`write`, `read` or both beside it" : "`mode: pinned` beside it",
            mode == AddressMode.None ? "write the private IPs that were acquired in the portal, or remove `addresses`" : "add `mode: pinned`, or remove the line");
    }

    private static void One(RuleContext context, string key, string address)
    {
        if (address == Words.None || !context.Sound(At(key)))
            return;
        if (context.Spec.Nodes.FirstOrDefault(n => n.Address == address) is { } node)
        {
            context.Add(
                "E210",
                At(key),
                $"the {key} address {address} is the address of {context.Called(node)}",
                "an extra private address that no node has as its own",
                $"acquire a new private IP in the portal for `addresses.{key}`, or remove the line");
        }
        else if (context.Reserved(address) is { } reason)
        {
            context.Add(
                "E212",
                At(key),
                $"the {key} address {address} is {reason}",
                $"an address of {context.Range}",
                $"write the private IP that was acquired for it, or correct `cidr`");
        }
    }

    private static void Carriers(RuleContext context, AddressPlan addresses)
    {
        var proxies = context.With(NodeRole.Haproxy);
        var carrier = At(addresses.HasWrite ? "write" : addresses.HasRead ? "read" : "mode");
        if (proxies.Count == 0)
        {
            context.Add(
                "E213",
                carrier,
                "no node can carry this address",
                "at least one node with the role haproxy, better two",
                "add haproxy to the roles of two nodes, or remove `addresses`");
        }
        else if (addresses.Mode == AddressMode.Pinned && !proxies.Exists(p => p.Name == addresses.PinnedTo))
        {
            context.Add(
                "E214",
                At("pinnedTo"),
                context.Spec.Nodes.Any(n => n.Name == addresses.PinnedTo) ? $"{addresses.PinnedTo} has no HAProxy" : $"there is no node {addresses.PinnedTo}",
                "one of " + string.Join(", ", proxies.Select(p => p.Name)),
                "name a node with the role haproxy, or add the role there");
        }
        else if (addresses is { Mode: AddressMode.Floating } and ({ HasWrite: true } or { HasRead: true }) && proxies.Count == 1)
        {
            context.Add(
                "W215",
                carrier,
                $"{context.Called(proxies[0])} is the only proxy: its loss takes the addresses away",
                "two or more nodes with the role haproxy, so that the addresses can move",
                "add haproxy to another node's roles, or say `mode: pinned` if that is what you want");
        }
    }

    private static SpecPath At(string key) => SpecPath.Of("addresses." + key);
}
