namespace RedisHaBake.Cluster.Tests;

/// <summary>The two addresses move each on its own, and before their proxy ends.</summary>
[Collection(SharedCluster.Name)]
public class AddressTests(TutorialCluster cluster)
{
    [Fact]
    public async Task The_addresses_may_live_on_two_nodes_and_a_stop_of_HAProxy_moves_one_first()
    {
        await cluster.WholeAsync();
        var (write, read) = (cluster.Lab.Plan.Client.Write, "10.10.90.50");
        var holder = await HeldAsync(write);
        var other = await MoveFromAsync(read, holder);
        await LabGround.UntilAsync(async () => await HolderAsync(write) == holder, LabGround.RestLimit, $"{holder} holds {write} still");

        var verdict = await cluster.RecordAsync(async () =>
        {
            await cluster.Lab[holder].RunAsync("systemctl", "stop", "haproxy");
            await LabGround.UntilAsync(async () => await HolderAsync(write) is { Length: > 0 } now && now != holder, LabGround.RestLimit, "another node holds the write address");
        });
        await cluster.Lab[holder].RunAsync("systemctl", "start", "haproxy");
        verdict.NothingLost();
        Assert.Equal(other, await HolderAsync(read));
        // As keepalived alone: three adverts of 0.3 s; the rest is a new connection.
        await cluster.GapWithinAsync(0.6, verdict);
    }

    private async Task<string> HolderAsync(string address)
    {
        foreach (var machine in cluster.Lab.Machines.Where(m => m.IsOn))
        {
            if ((await machine.RunAsync(["ip", "-4", "-o", "address"])).Output.Contains($" {address}/", StringComparison.Ordinal))
                return machine.Node.Name;
        }

        return "";
    }

    // The node's keepalived has no such address for a moment; it stays where it went.
    private async Task<string> MoveFromAsync(string address, string node)
    {
        const string file = "/etc/keepalived/keepalived.conf";
        if (await HolderAsync(address) == node)
        {
            await cluster.Lab[node].ShellAsync($"cp -p {file} /root/; sed -i '/vrrp_instance read/,/^}}/d' {file}; systemctl reload keepalived");
            await LabGround.UntilAsync(async () => await HolderAsync(address) is { Length: > 0 } now && now != node, LabGround.RestLimit, $"another node holds {address}");
            await cluster.Lab[node].ShellAsync($"cp -p /root/keepalived.conf {file}; systemctl reload keepalived");
        }

        return await HeldAsync(address);
    }

    // Whoever holds it; in between nobody may.
    private async Task<string> HeldAsync(string address)
    {
        var holder = "";
        await LabGround.UntilAsync(async () => (holder = await HolderAsync(address)).Length > 0, LabGround.RestLimit, $"a node holds {address}");
        return holder;
    }
}
