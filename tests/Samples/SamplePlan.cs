using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Samples;

/// <summary>The tutorial's cluster as a plan, for tests that need one and are not about the generator.</summary>
public static class SamplePlan
{
    public static readonly IReadOnlyList<NodeRole> AllRoles = [NodeRole.Redis, NodeRole.Sentinel, NodeRole.Haproxy];

    public static NodePlan Tutorial(string node = "redis-a") => new(
        NodePlan.CurrentSchema,
        Cluster: "tutorial",
        MasterName: "tutorial",
        Node: node,
        Cidr: "10.10.90.0/24",
        Interface: Words.Auto,
        InitialMaster: "redis-a",
        Nodes:
        [
            new("redis-a", "10.10.90.37", AllRoles),
            new("redis-b", "10.10.90.227", AllRoles),
            new("redis-c", "10.10.90.147", AllRoles),
        ],
        Known: new Dictionary<string, string>(),
        Egress: EgressPlan.None,
        Addresses: new(AddressMode.Floating, "10.10.90.92", "10.10.90.50", Words.None),
        Engine: new(EngineKind.Redis, 7),
        Ports: new(6379, 26379, 6380, 6381, 8080, 6382, 9101),
        Failover: new(2000, 10_000, 1, 2, 1, 2, 300),
        Redis: new(0, "noeviction", true, "everysec", "3600 1", 64L << 20, [], []),
        Proxy: new("appadmin", 2000, 330_000, 330_000, 4000, [], []),
        Kernel: new("never", new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["net.core.somaxconn"] = "4096",
            ["net.ipv4.ip_nonlocal_bind"] = "1",
            ["net.ipv4.tcp_keepalive_intvl"] = "10",
            ["net.ipv4.tcp_keepalive_probes"] = "3",
            ["net.ipv4.tcp_keepalive_time"] = "60",
            ["vm.overcommit_memory"] = "1",
            ["vm.swappiness"] = "1",
        }),
        Firewall: new(false, []),
        Users: [new("app", "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8", "~* &* +@all -@admin -@dangerous +info +role", true)],
        Secrets: new(
            Replication: Fake('r'),
            SentinelToRedis: Fake('s'),
            SentinelToSentinel: Fake('t'),
            HealthCheck: Fake('h'),
            Agent: Fake('a'),
            Stats: Fake('p'),
            ClusterId: Fake('i')));

    public static HostFacts Host(string address = "10.10.90.37") => new(address, "eth0", new(7, 0, 15), new(2, 6, 12), LifeMark: RedisConf.Blank);

    private static string Fake(char letter) => new string(letter, 28) + "Fake";
}
