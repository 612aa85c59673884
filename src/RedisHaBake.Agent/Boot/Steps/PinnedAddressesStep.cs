using System.Net;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>
/// The write and the read address where they are pinned to this node, added beside its own at every boot. Floating ones are
/// keepalived's.
/// </summary>
public sealed class PinnedAddressesStep(AgentContext agent) : IStep
{
    private readonly IpAddresses _addresses = new(agent.Programs);

    /// <inheritdoc/>
    public string Name => "addresses";

    private IReadOnlyList<string> Pinned
    {
        get
        {
            var addresses = agent.Plan.Addresses;
            return addresses.Mode == AddressMode.Pinned && addresses.PinnedTo == agent.Plan.Node
                ? [.. new[] { addresses.Write, addresses.Read }.Where(a => a != Words.None).Distinct()]
                : [];
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct)
    {
        if (Pinned.Count == 0)
            return [];
        var held = await _addresses.ListAsync(ct);
        return [.. Pinned.Where(p => held.All(h => h.Address != p)).Select(p => new Difference(p, $"on {agent.Host.Interface}", "not on this machine"))];
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(CancellationToken ct)
    {
        var held = await _addresses.ListAsync(ct);
        var prefix = IPNetwork.Parse(agent.Plan.Cidr).PrefixLength;
        foreach (var address in Pinned.Where(p => held.All(h => h.Address != p)))
            await _addresses.AddAsync(new(agent.Host.Interface, address, prefix), ct);
    }
}
