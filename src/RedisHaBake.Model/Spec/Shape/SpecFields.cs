using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>Every key of cluster.yaml: the one source of its reader, its JSON Schema and README's reference.</summary>
public static partial class SpecFields
{
    /// <summary>The only version there is.</summary>
    public const string ApiVersionWord = "redishabake/v1";

    /// <summary>What applications may do unless the spec says otherwise: all data commands, no administration.</summary>
    public const string DefaultRights = "~* &* +@all -@admin -@dangerous +info +role";

    private static readonly IReadOnlyList<NodeRole> AllRoles = [NodeRole.Redis, NodeRole.Sentinel, NodeRole.Haproxy];

    /// <summary>Extra verbatim lines.</summary>
    private static readonly Kind<IReadOnlyList<string>> Lines = new ListKind<string>(Kinds.Line, "a list of lines") { Gap = [""] };

    // A file of another version is no misspelling.
    private static readonly WordKind<string> Version = new([(ApiVersionWord, ApiVersionWord)])
    {
        Advice = text => text.StartsWith("redishabake/v", StringComparison.Ordinal) ? $"install the redishabake that reads {Source.Shown.Of(text)}; this one reads {ApiVersionWord}" : null,
    };

    /// <summary>Version.</summary>
    public static readonly Field<string> ApiVersion = new("apiVersion", Version, "The version of this format.", null, "");

    /// <summary>The cluster's name.</summary>
    public static readonly Field<string> Name = new("name", Kinds.HostName.Like("shop"), "The cluster's name.", null, "");

    /// <summary>The network.</summary>
    public static readonly Field<string> Cidr = new("cidr", Kinds.Network, "The private network that all nodes share.", null, "");

    /// <summary>The gateway.</summary>
    public static readonly Field<string> Gateway = new("gateway", Kinds.Address.Like("10.10.90.1"), "The private network's gateway, so that no node is given its address.", "unsaid", Words.None);

    /// <summary>The interface.</summary>
    public static readonly Field<string> Interface = new("interface", Kinds.Interface, "The private network interface by name; `auto` finds it by the node's address.", "auto", Words.Auto);

    /// <summary>The operating system.</summary>
    public static readonly Field<OperatingSystem> Os = new(
        "os", Kinds.Word([.. OperatingSystem.All.Select(o => (o.Name, o))]), "The VMs' operating system.", "ubuntu-22.04", OperatingSystem.All[0]);

    /// <summary>The provider.</summary>
    public static readonly Field<Provider> ProviderOf = new(
        "provider",
        Kinds.Word([.. Provider.All.Select(p => (p.Word, p))]),
        "Where the VMs run, if its limit for user-data is above 16,384 bytes (the smallest common one).",
        "any: 16,384 bytes",
        Provider.Any);

    /// <summary>Whether the image carries everything.</summary>
    public static readonly Field<bool> Baked = new("baked", Kinds.Flag, "Whether the VMs' image already carries packages and agent (`redishabake image`).", "false", false);

    /// <summary>The way out.</summary>
    public static readonly Field<View?> EgressOf = new(
        "egress",
        new OrWordKind(Egress.Section, Plan.Words.None, "a mapping, below, or none"),
        "How stock VMs without internet install: through the node that `via` names. `none`: no VM has internet, which baked images do not need.",
        "every VM has internet itself",
        View.Empty);

    /// <summary>The secrets file.</summary>
    public static readonly Field<string> SecretsFile = new(
        "secrets", Kinds.FilePath, "The file with the passwords, relative to this one.", "this file's name with `.secrets.yaml`", "");

    /// <summary>The nodes.</summary>
    public static readonly Field<IReadOnlyList<View>> Nodes = new("nodes", new ListKind<View>(Node.Section, "a list of nodes") { Most = 100 }, "The VMs.", null, []);

    /// <summary>The initial master.</summary>
    public static readonly Field<string> InitialMaster = new("initialMaster", Kinds.HostName, "The data node that starts as master of the blank cluster.", "the first data node", "");

    /// <summary>The extra addresses.</summary>
    public static readonly Field<View> AddressesOf = new("addresses", Addresses.Section, "The two extra private addresses for clients.", "none", View.Empty);

    /// <summary>The engine.</summary>
    public static readonly Field<View> EngineOf = new("engine", Engine.Section, "Which server the data nodes run.", "Redis", View.Empty);

    /// <summary>Ports.</summary>
    public static readonly Field<View> PortsOf = new("ports", Ports.Section, "TCP ports.", "{}", View.Empty);

    /// <summary>The application's user.</summary>
    public static readonly Field<View> AppOf = new("app", App.Section, "The application's user; its password stands in the secrets file.", "{}", View.Empty);

    /// <summary>Further users.</summary>
    public static readonly Field<IReadOnlyList<View>> UsersOf = new("users", new ListKind<View>(Users.Section, "a list of users"), "Further ACL users; their passwords stand in the secrets file.", "[]", []);

    /// <summary>Failover.</summary>
    public static readonly Field<View> FailoverOf = new("failover", Failover.Section, "How fast and how carefully the cluster fails over.", "{}", View.Empty);

    /// <summary>Redis.</summary>
    public static readonly Field<View> RedisOf = new("redis", Redis.Section, "Settings of the data nodes.", "{}", View.Empty);

    /// <summary>Sentinel.</summary>
    public static readonly Field<View> SentinelOf = new("sentinel", Sentinel.Section, "Settings of Sentinel.", "{}", View.Empty);

    /// <summary>HAProxy.</summary>
    public static readonly Field<View> HaproxyOf = new("haproxy", Haproxy.Section, "Settings of HAProxy.", "{}", View.Empty);

    /// <summary>keepalived.</summary>
    public static readonly Field<View> KeepalivedOf = new("keepalived", Keepalived.Section, "Settings of keepalived.", "{}", View.Empty);

    /// <summary>Kernel.</summary>
    public static readonly Field<View> KernelOf = new("kernel", Kernel.Section, "Kernel settings, at every boot.", "{}", View.Empty);

    /// <summary>Firewall.</summary>
    public static readonly Field<View> FirewallOf = new("firewall", Firewall.Section, "Who may reach the nodes.", "{}", View.Empty);

    /// <summary>Agent.</summary>
    public static readonly Field<View> AgentOf = new("agent", Agent.Section, "Where a stock VM gets the agent from.", "{}", View.Empty);

    /// <summary>The whole file.</summary>
    public static readonly Section Root = new(
        ApiVersion, Name, Cidr, Gateway, Interface, Os, ProviderOf, Baked, AgentOf, EgressOf, SecretsFile, Nodes, InitialMaster, AddressesOf, EngineOf,
        AppOf, UsersOf, FailoverOf, RedisOf, SentinelOf, HaproxyOf, KeepalivedOf, KernelOf, FirewallOf, PortsOf);
}
