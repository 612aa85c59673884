using RedisHaBake.Agent.Addresses;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>
/// The write and the read address where they are pinned to this node, beside its own, which is not touched: added now, and at every
/// boot by networkd where that has the interface, else by this step. Those of an earlier plan go. Floating ones are keepalived's.
/// </summary>
public sealed class PinnedAddressesStep(AgentContext agent) : IStep
{
    private readonly IpAddresses _addresses = new(agent.Programs);
    private readonly ManagedFileSet _files = new(agent.Root);
    private readonly NetworkFile _networkFile = new(agent.Root, agent.Programs);

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
        var record = PinnedRecord.Read(agent.Root);
        if (Pinned.Count == 0 && record.Says(PinnedRecord.None))
            return [];
        var held = await _addresses.ListAsync(ct);
        var (wanted, dropIn) = await WantedAsync(record, held, ct);
        List<Difference> differences =
        [
            .. Pinned.Where(p => held.All(h => h.Address != p)).Select(p => new Difference(p, $"on {agent.Host.Interface}", "not on this machine")),
            .. Stale(record, held).Select(h => new Difference(h.Address, "gone, as from the plan", $"on {h.Interface}")),
        ];
        if (record.DropIn.Length > 0 && record.DropIn != wanted.DropIn && agent.Root.Exists(record.DropIn))
            differences.Add(new(record.DropIn, "no file: it would keep addresses that are not the plan's, or no longer there", "one of an earlier plan"));
        if (dropIn is not null && _files.Compare(dropIn) is { } difference)
            differences.Add(difference);
        if (!record.Says(wanted))
            differences.Add(new(PinnedRecord.File, "what this agent has put on the machine", "something else"));
        return differences;
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(CancellationToken ct)
    {
        var record = PinnedRecord.Read(agent.Root);
        var held = await _addresses.ListAsync(ct);
        var (wanted, dropIn) = await WantedAsync(record, held, ct);
        if (record.DropIn != wanted.DropIn && record.DropIn.Length > 0)
            agent.Root.Delete(record.DropIn);
        foreach (var stale in Stale(record, held))
            await _addresses.RemoveAsync(stale, ct);
        if (wanted.Addresses.Count == 0)
        {
            agent.Root.Delete(PinnedRecord.File);
            return;
        }

        wanted.Write(agent.Root);
        if (dropIn is not null)
            _files.Write(dropIn);
        // By hand and not by a reload of networkd, which would take the interface down and set it up anew, its own address included.
        foreach (var address in Pinned.Where(p => held.All(h => h.Address != p)))
            await _addresses.AddAsync(new(agent.Host.Interface, address, 32), ct);
    }

    // What the operator's own configuration put here stays theirs.
    private async Task<(PinnedRecord Record, ManagedFile? DropIn)> WantedAsync(PinnedRecord record, IReadOnlyList<InterfaceAddress> held, CancellationToken ct)
    {
        var ours = Pinned.Where(p => record.Addresses.Contains(p) || held.All(h => h.Address != p)).ToList();
        if (ours.Count == 0)
            return (PinnedRecord.None, null);
        var file = await _networkFile.OfAsync(agent.Host.Interface, ct) is { } network ? PinnedNetwork.File(network, ours) : null;
        return (new(agent.Host.Interface, ours, file?.Path ?? ""), file);
    }

    private IEnumerable<InterfaceAddress> Stale(PinnedRecord record, IReadOnlyList<InterfaceAddress> held)
        => held.Where(h => h.Interface == record.Interface && record.Addresses.Contains(h.Address) && !Pinned.Contains(h.Address));
}
