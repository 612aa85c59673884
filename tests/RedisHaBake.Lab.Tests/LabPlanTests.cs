using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Tests;

/// <summary>The lab's own clients take addresses that nobody else has.</summary>
public class LabPlanTests
{
    [Fact]
    public void Observers_sit_at_the_top_of_the_network()
        => Assert.Equal(["10.10.90.254", "10.10.90.253", "10.10.90.252"], Plan("10.10.90.0/24", "10.10.90.1", "10.10.90.2").ObserverAddresses());

    [Fact]
    public void Observers_keep_off_the_clusters_addresses()
        => Assert.Equal(["10.10.90.253", "10.10.90.251", "10.10.90.250"], Plan("10.10.90.0/24", "10.10.90.254", "10.10.90.252").ObserverAddresses());

    [Fact]
    public void Observers_come_from_where_the_firewall_lets_clients_in()
    {
        var plan = Plan("172.20.0.0/16", "172.20.0.11", "172.20.0.12") with { Clients = ["172.20.9.17", "10.0.0.0/8", "172.20.8.0/24"] };
        Assert.Equal(["172.20.9.17", "172.20.8.254", "172.20.8.253"], plan.ObserverAddresses());
    }

    [Fact]
    public void Each_node_has_a_client_of_its_own_beside_it()
    {
        var plan = Plan("10.10.90.0/24", "10.10.90.1", "10.10.90.2");
        Assert.Equal("10.10.90.253", plan.Beside("n1"));
        Assert.Equal("10.10.90.252", plan.Beside("n2"));
    }

    [Fact]
    public void A_network_without_room_is_refused_with_the_way_out()
    {
        var error = Assert.Throws<LabException>(() => Plan("10.10.90.0/30", "10.10.90.1", "10.10.90.2").ObserverAddresses());
        Assert.Contains("use a larger network", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_node_is_refused_with_the_known_ones()
        => Assert.Contains("n1, n2", Assert.Throws<LabException>(() => Plan("10.10.90.0/24", "10.10.90.1", "10.10.90.2").Node("n3")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_fault_is_refused_with_the_known_ones()
        => Assert.Contains("power-off", Assert.Throws<LabException>(() => Fault.Of("meteor")).Message, StringComparison.Ordinal);

    private static LabPlan Plan(string cidr, params string[] addresses) => new(
        "test", cidr, Words.None, "bookworm", EngineKind.Redis, [.. addresses.Select((address, i) => new LabNode("n" + (i + 1), address, "", [NodeRole.Redis]))], LabClient.None);
}
