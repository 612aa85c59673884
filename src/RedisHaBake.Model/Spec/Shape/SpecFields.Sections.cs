using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Spec.Shape;

/// <content>The keys of each of its mappings.</content>
public static partial class SpecFields
{
    /// <summary>One node.</summary>
    public static class Node
    {
        /// <summary>Host name.</summary>
        public static readonly Field<string> Name = new("name", Kinds.HostName, "The VM's host name, once per cluster.", null, "");

        /// <summary>Private address.</summary>
        public static readonly Field<string> Address = new(
            "address", Kinds.NodeAddress, "The VM's private IPv4 address inside `cidr`; `auto` where the portal assigns it when the VM is created: the VM finds its own, and the others learn it (`generate --known`).", null, "");

        /// <summary>What it runs.</summary>
        public static readonly Field<IReadOnlyList<NodeRole>> Roles = new(
            "roles",
            new ListKind<NodeRole>(
                Kinds.Word(("redis", NodeRole.Redis), ("sentinel", NodeRole.Sentinel), ("haproxy", NodeRole.Haproxy)), "a list of redis, sentinel, haproxy"),
            "What the VM runs: `redis` holds data, `sentinel` votes, `haproxy` serves clients.",
            "[redis, sentinel, haproxy]",
            AllRoles);

        /// <summary>RAM.</summary>
        public static readonly Field<long> Memory = new("memory", Kinds.Size.Like("2gb"), "The VM's RAM; `redis.maxMemory` is chosen from the smallest data node's.", "unsaid", 0);

        /// <summary>All.</summary>
        public static readonly Section Section = new(Name, Address, Roles, Memory);
    }

    /// <summary>The engine.</summary>
    public static class Engine
    {
        /// <summary>Redis or Valkey.</summary>
        public static readonly Field<EngineKind> Kind = new(
            "kind", Kinds.Word(("redis", EngineKind.Redis), ("valkey", EngineKind.Valkey)), "Redis or Valkey.", "redis", EngineKind.Redis);

        /// <summary>Archive.</summary>
        public static readonly Field<EngineSource?> Source = new(
            "source",
            Kinds.Word<EngineSource?>(("packages.redis.io", EngineSource.PackagesRedisIo), ("distribution", EngineSource.Distribution)),
            "Where it is installed from: `packages.redis.io`, as in the tutorial, or the distribution's own archive.",
            "`packages.redis.io` for Redis on Ubuntu, else `distribution`",
            null);

        /// <summary>Major version.</summary>
        public static readonly Field<int> Major = new(
            "major", Kinds.Number(1, 99, 7), "The major version, pinned so that a re-created node never comes up newer than its peers.", "the archive's: 7 at packages.redis.io", 0);

        /// <summary>Another apt key.</summary>
        public static readonly Field<string> Key = new(
            "key", Kinds.FilePath, "Another signing key for packages.redis.io, as an ASCII-armoured file beside the spec.", "the key that comes with redishabake", "");

        /// <summary>All.</summary>
        public static readonly Section Section = new(Kind, Source, Major, Key);
    }

    /// <summary>The two extra addresses.</summary>
    public static class Addresses
    {
        /// <summary>To the master.</summary>
        public static readonly Field<string> Write = new("write", Kinds.Address.Like("10.10.90.92"), "The extra private address that always leads to the master.", "none: clients use the nodes' own addresses, until `redishabake-agent addresses` where `mode` or an `auto` stands in the spec", Words.None);

        /// <summary>To the replicas.</summary>
        public static readonly Field<string> Read = new("read", Kinds.Address.Like("10.10.90.50"), "The extra private address that leads to the synced replicas.", "none", Words.None);

        /// <summary>How they are kept.</summary>
        public static readonly Field<AddressMode> Mode = new(
            "mode",
            Kinds.Word(("floating", AddressMode.Floating), ("pinned", AddressMode.Pinned)),
            "`floating`: keepalived moves them between the proxies; `pinned`: they stay on one node, as in the tutorial. Alone: both come later.",
            "floating",
            AddressMode.Floating);

        /// <summary>Where, when pinned.</summary>
        public static readonly Field<string> PinnedTo = new("pinnedTo", Kinds.HostName, "The proxy that carries them when `mode` is `pinned`.", "the first proxy", "");

        /// <summary>All.</summary>
        public static readonly Section Section = new(Write, Read, Mode, PinnedTo);
    }

    /// <summary>Ports.</summary>
    public static class Ports
    {
        /// <summary>Redis.</summary>
        public static readonly Field<int> Redis = new("redis", Kinds.Port(6379), "Redis on the nodes, and HAProxy on the write and the read address.", "6379", 6379);

        /// <summary>Sentinel.</summary>
        public static readonly Field<int> Sentinel = new("sentinel", Kinds.Port(26379), "Sentinel on the nodes.", "26379", 26379);

        /// <summary>Writes by way of a node's own address.</summary>
        public static readonly Field<int> Write = new("write", Kinds.Port(6380), "HAProxy on the nodes' own addresses, to the master.", "6380", 6380);

        /// <summary>Reads by way of a node's own address.</summary>
        public static readonly Field<int> Read = new("read", Kinds.Port(6381), "HAProxy on the nodes' own addresses, to the replicas.", "6381", 6381);

        /// <summary>Stats page.</summary>
        public static readonly Field<int> Stats = new("stats", Kinds.Port(8080), "HAProxy's stats page on the nodes' own addresses.", "8080", 8080);

        /// <summary>Health answers.</summary>
        public static readonly Field<int> Health = new("health", Kinds.Port(6382), "HAProxy's health answers for the other proxies.", "6382", 6382);

        /// <summary>Gates.</summary>
        public static readonly Field<int> Gate = new("gate", Kinds.Port(9101), "The first of HAProxy's loopback ports: one per data node for the write gate, one for keepalived's checks.", "9101", 9101);

        /// <summary>All.</summary>
        public static readonly Section Section = new(Redis, Sentinel, Write, Read, Stats, Health, Gate);
    }

    /// <summary>The application's user.</summary>
    public static class App
    {
        /// <summary>Name.</summary>
        public static readonly Field<string> User = new("user", Kinds.AclUser, "The application's ACL user; `default` for clients that send only a password.", "app", "app");

        /// <summary>Rights.</summary>
        public static readonly Field<string> Rights = new("rights", Kinds.Rights, "Its Redis ACL rules for keys, channels and commands.", $"`{DefaultRights}`", DefaultRights);

        /// <summary>Sentinel.</summary>
        public static readonly Field<bool> Sentinel = new("sentinel", Kinds.Flag, "Whether it may ask a Sentinel where the master is (`serviceName=` clients).", "true", true);

        /// <summary>All.</summary>
        public static readonly Section Section = new(User, Rights, Sentinel);
    }

    /// <summary>A further user.</summary>
    public static class Users
    {
        /// <summary>Name.</summary>
        public static readonly Field<string> Name = new("name", Kinds.AclUser.Like("reports"), "The ACL user's name.", null, "");

        /// <summary>Rights.</summary>
        public static readonly Field<string> Rights = new("rights", Kinds.Rights, "Its Redis ACL rules for keys, channels and commands.", null, "");

        /// <summary>Sentinel.</summary>
        public static readonly Field<bool> Sentinel = new("sentinel", Kinds.Flag, "Whether it may ask a Sentinel where the master is.", "false", false);

        /// <summary>All.</summary>
        public static readonly Section Section = new(Name, Rights, Sentinel);
    }

    /// <summary>Failover.</summary>
    public static class Failover
    {
        /// <summary>Profile.</summary>
        public static readonly Field<FailoverProfile> Profile = new(
            "profile",
            Kinds.Word((FailoverProfile.Fast.Word, FailoverProfile.Fast), (FailoverProfile.Lan.Word, FailoverProfile.Lan), (FailoverProfile.Noisy.Word, FailoverProfile.Noisy)),
            "How soon a silent master counts as dead: `fast` after 1 s (quiet network, idle CPUs), `lan` after 2 s, `noisy` after 5 s (shared, busy hosts).",
            "lan",
            FailoverProfile.Lan);

        /// <summary>down-after-milliseconds.</summary>
        public static readonly Field<int> DownAfter = new("downAfter", Kinds.Duration, "Sentinel's `down-after-milliseconds`, 1s or more.", "the profile's", 0);

        /// <summary>failover-timeout.</summary>
        public static readonly Field<int> Timeout = new("timeout", Kinds.Duration.Like("10s"), "Sentinel's `failover-timeout`; a failed election is tried again after twice this.", "10s", 10_000);

        /// <summary>parallel-syncs.</summary>
        public static readonly Field<int> ParallelSyncs = new("parallelSyncs", Kinds.Number(1, 64, 1), "Replicas that sync with a new master at the same time.", "1", 1);

        /// <summary>Quorum.</summary>
        public static readonly Field<int> Quorum = new("quorum", Kinds.Number(1, 64, 2), "Sentinels that must agree that the master is down.", "a majority of them", 0);

        /// <summary>min-replicas-to-write.</summary>
        public static readonly Field<int> MinReplicas = new(
            "minReplicasToWrite", Kinds.Number(0, 64, 1), "Synced replicas without which the master refuses writes: the fence against two masters.", "1 with three or more data nodes, else 0", -1);

        /// <summary>min-replicas-max-lag.</summary>
        public static readonly Field<int> MaxLag = new("maxLag", Kinds.Duration, "How long a replica may be silent and still count there; whole seconds, at most `downAfter`.", "the profile's", 0);

        /// <summary>advert_int.</summary>
        public static readonly Field<int> Advert = new("advert", Kinds.Duration.Like("300ms"), "keepalived's advertisement interval, 100ms to 40s; an address moves after about three.", "the profile's", 0);

        /// <summary>All.</summary>
        public static readonly Section Section = new(Profile, DownAfter, Timeout, ParallelSyncs, Quorum, MinReplicas, MaxLag, Advert);
    }

    /// <summary>Redis.</summary>
    public static class Redis
    {
        /// <summary>maxmemory.</summary>
        public static readonly Field<long> MaxMemory = new(
            "maxMemory", Kinds.Size, "Redis's `maxmemory`; leave headroom for fork and buffers.", "60 % of the smallest data node's `memory`, or no limit where that is unsaid", 0);

        /// <summary>maxmemory-policy.</summary>
        public static readonly Field<string> MaxMemoryPolicy = new(
            "maxMemoryPolicy",
            Kinds.Word([.. new[] { "noeviction", "allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl" }.Select(w => (w, w))]),
            "What happens when `maxMemory` is reached.",
            "noeviction",
            "noeviction");

        /// <summary>appendonly.</summary>
        public static readonly Field<bool> AppendOnly = new("appendOnly", Kinds.Flag, "The append-only file.", "true", true);

        /// <summary>appendfsync.</summary>
        public static readonly Field<string> AppendFsync = new(
            "appendFsync", Kinds.Word(("always", "always"), ("everysec", "everysec"), ("no", "no")), "When the append-only file reaches the disk.", "everysec", "everysec");

        /// <summary>
        /// save. Beside an append-only file a snapshot is a backup only, and each one is a fork whose child takes up to the dataset's memory
        /// again and a core for as long as it writes: at Redis's own points, once a minute under load, on every node at once.
        /// </summary>
        public static readonly Field<string> Save = new(
            "save",
            Kinds.Save,
            "Snapshot points: seconds and changes, in pairs. Beside the append-only file a snapshot is a backup, and each is a fork.",
            "`3600 1`; Redis's own `3600 1 300 100 60 10000` without `appendOnly`",
            "3600 1");

        /// <summary>The save points where a snapshot is all that is kept: Redis's own (config.c, <c>initConfigValues</c>).</summary>
        public const string SaveWithoutAppendOnly = "3600 1 300 100 60 10000";

        /// <summary>repl-backlog-size.</summary>
        public static readonly Field<long> Backlog = new("backlog", Kinds.Size.Like("64mb"), "Redis's `repl-backlog-size`.", "64mb", 64L << 20);

        /// <summary>Extra lines.</summary>
        public static readonly Field<IReadOnlyList<string>> Extra = new("extra", Lines, "Verbatim lines for redis.conf, for what is not modelled here. Settings and their values are checked; what depends on the VM (files, modules) by Redis itself there, before the file is used.", "[]", []);

        /// <summary>All.</summary>
        public static readonly Section Section = new(MaxMemory, MaxMemoryPolicy, AppendOnly, AppendFsync, Save, Backlog, Extra);
    }

    /// <summary>Sentinel.</summary>
    public static class Sentinel
    {
        /// <summary>The master's name.</summary>
        public static readonly Field<string> MasterName = new(
            "masterName", Kinds.HostName.Like("shop"), "The name under which Sentinel knows the master; once per network, so that two clusters never mix.", "the cluster's name", "");

        /// <summary>Extra lines.</summary>
        public static readonly Field<IReadOnlyList<string>> Extra = new("extra", Lines, "Verbatim lines for sentinel.conf's first text. Checked as `redis.extra`.", "[]", []);

        /// <summary>All.</summary>
        public static readonly Section Section = new(MasterName, Extra);
    }

    /// <summary>HAProxy.</summary>
    public static class Haproxy
    {
        /// <summary>Stats user.</summary>
        public static readonly Field<string> StatsUser = new("statsUser", Kinds.AclUser.Like("appadmin"), "The user of the stats page.", "appadmin", "appadmin");

        /// <summary>timeout connect.</summary>
        public static readonly Field<int> ConnectTimeout = new("connectTimeout", Kinds.Duration, "HAProxy's `timeout connect`.", "2s", 2000);

        /// <summary>timeout client.</summary>
        public static readonly Field<int> ClientTimeout = new("clientTimeout", Kinds.Duration.Like("330s"), "HAProxy's `timeout client`: idle pools, BLPOP and subscriptions live this long.", "330s", 330_000);

        /// <summary>timeout server.</summary>
        public static readonly Field<int> ServerTimeout = new("serverTimeout", Kinds.Duration.Like("330s"), "HAProxy's `timeout server`.", "330s", 330_000);

        /// <summary>maxconn.</summary>
        public static readonly Field<int> MaxConnections = new("maxConnections", Kinds.Number(10, 250_000, 4000), "Clients that HAProxy takes at a time on each side, writes and reads; further ones wait.", "4000", 4000);

        /// <summary>Extra lines.</summary>
        public static readonly Field<IReadOnlyList<string>> Extra = new("extra", Lines, "Verbatim lines for haproxy.cfg, after ours. Keywords, ports, names, times and numbers are checked; the rest by `haproxy -c`: here where the VMs' release is installed, and on each VM before the file is used.", "[]", []);

        /// <summary>All.</summary>
        public static readonly Section Section = new(StatsUser, ConnectTimeout, ClientTimeout, ServerTimeout, MaxConnections, Extra);
    }

    /// <summary>keepalived.</summary>
    public static class Keepalived
    {
        /// <summary>Extra lines.</summary>
        public static readonly Field<IReadOnlyList<string>> Extra = new("extra", Lines, "Verbatim lines for keepalived.conf, after ours. Checked likewise, by `keepalived -t`.", "[]", []);

        /// <summary>All.</summary>
        public static readonly Section Section = new(Extra);
    }

    /// <summary>Kernel settings.</summary>
    public static class Kernel
    {
        /// <summary>THP.</summary>
        public static readonly Field<string> Thp = new(
            "transparentHugepages", Kinds.Word(("never", "never"), ("madvise", "madvise"), ("always", "always")), "Transparent huge pages, set at every boot.", "never", "never");

        /// <summary>sysctl.</summary>
        public static readonly Field<IReadOnlyDictionary<string, string>> Sysctl = new(
            "sysctl",
            new TableKind(Kinds.SysctlKey, Kinds.SysctlValue, "a mapping of sysctl keys and values"),
            "Further sysctl settings, or other values for ours (`vm.overcommit_memory`, `vm.swappiness`, `net.core.somaxconn`, the TCP keepalive times).",
            "{}",
            new SortedDictionary<string, string>(StringComparer.Ordinal));

        /// <summary>All.</summary>
        public static readonly Section Section = new(Thp, Sysctl);
    }

    /// <summary>The firewall.</summary>
    public static class Firewall
    {
        /// <summary>Whether there is one.</summary>
        public static readonly Field<bool> Enabled = new("enabled", Kinds.Flag, "Whether nftables lets only the cluster and `clients` reach Redis, Sentinel and HAProxy; SSH and all else stay as they are.", "false", false);

        /// <summary>Who may connect.</summary>
        public static readonly Field<IReadOnlyList<string>> Clients = new(
            "clients", new ListKind<string>(Kinds.AddressOrNetwork, "a list of addresses and networks"), "Addresses and networks that may reach them beside the cluster's nodes.", "[]", []);

        /// <summary>All.</summary>
        public static readonly Section Section = new(Enabled, Clients);
    }

    /// <summary>The agent.</summary>
    public static class Agent
    {
        /// <summary>URLs.</summary>
        public static readonly Field<IReadOnlyList<string>> Url = new(
            "url", new ListKind<string>(Kinds.Url, "one URL or a list of URLs", single: true), "Where a stock VM gets the agent's .deb; several are tried in turn.", "required unless `baked: true`", []);

        /// <summary>Checksum.</summary>
        public static readonly Field<string> Sha256 = new("sha256", Kinds.Sha256, "The .deb's SHA-256.", "required with `url`", "");

        /// <summary>All.</summary>
        public static readonly Section Section = new(Url, Sha256);
    }

    /// <summary>The way out.</summary>
    public static class Egress
    {
        /// <summary>The node with internet.</summary>
        public static readonly Field<string> Via = new("via", Kinds.HostName, "The node that has internet: while the others install it lets them out, through a proxy that only `cidr` may use.", null, "");

        /// <summary>The proxy's port.</summary>
        public static readonly Field<int> Port = new("port", Kinds.Port(EgressSpec.UsualPort), "The TCP port of its proxy.", "3128", EgressSpec.UsualPort);

        /// <summary>All.</summary>
        public static readonly Section Section = new(Via, Port);
    }
}
