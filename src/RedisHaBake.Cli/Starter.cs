using System.Text;

namespace RedisHaBake.Cli;

/// <summary>The cluster.yaml that `init` writes.</summary>
/// <param name="Name">The cluster's name.</param>
/// <param name="Cidr">The private network.</param>
/// <param name="Os">The operating system.</param>
/// <param name="Nodes">name=address.</param>
/// <param name="Write">The write address, where there is one already.</param>
/// <param name="Read">The read address, where there is one already.</param>
/// <param name="Via">The node through which the others install; null where each has internet.</param>
internal sealed record Starter(string Name, string Cidr, string Os, IReadOnlyList<string> Nodes, string? Write, string? Read, string? Via = null)
{
    /// <summary>The schema's file name, beside the spec.</summary>
    public const string SchemaFile = "redishabake.schema.json";

    /// <summary>The first value that could mean something else in YAML, with its option; null where all are plain words.</summary>
    public (string Option, string Value)? FirstUnsafe()
    {
        List<(string Option, string? Value)> given = [("--name", Name), ("--cidr", Cidr), ("--write", Write), ("--read", Read), ("--via", Via), .. Nodes.SelectMany(n => n.Split('=')).Select(part => ("--node", (string?)part))];
        foreach (var (option, value) in given)
        {
            if (value is not null && (value.Length == 0 || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '-')))
                return (option, value);
        }

        return null;
    }

    /// <summary>The text.</summary>
    public string Text()
    {
        var text = new StringBuilder($"""
            # yaml-language-server: $schema={SchemaFile}
            apiVersion: redishabake/v1
            name: {Name}
            cidr: {Cidr}              # the private network of the VMs
            os: {Os}                # ubuntu-22.04, ubuntu-24.04, debian-12 or debian-13

            # Three VMs; each holds data, votes and serves clients. `memory` chooses maxmemory (60 % of it).
            nodes:

            """);
        foreach (var node in Nodes.Select(n => n.Split('=')))
            text.Append($"  - {{name: {node[0]}, address: {node[1]}, memory: 2gb}}\n");
        text.Append("\n# Two extra private IPs, acquired in the portal: one leads to the master, one to the replicas.\n");
        text.Append("# Without them clients use the nodes' own addresses, port 6380 for writes and 6381 for reads.\n");
        text.Append(Write is null && Read is null ? "# addresses:\n" : "addresses:\n");
        text.Append(Address("write", Write, "10.10.90.92")).Append(Address("read", Read, "10.10.90.50"));
        text.Append("\n# Where only one VM has internet the others install through it.\n").Append(Via is null ? "# egress: {via: redis-a}\n" : $"egress: {{via: {Via}}}\n");
        text.Append("""

            # Where a stock VM gets the agent from: the .deb that comes with redishabake (`make deb` builds it), on any web server that the VMs reach.
            # With an image that carries everything say `baked: true` instead.
            agent:
              url: https://downloads.example.com/redishabake-agent_0.1.0_amd64.deb
              sha256: "0000000000000000000000000000000000000000000000000000000000000000"

            # All else has a default; `redishabake schema --markdown` lists every key. For example:
            # app: {user: default}             # clients that send only a password
            # failover: {profile: fast}        # down after 1 s instead of 2
            # engine: {source: distribution}   # the distribution's Redis instead of packages.redis.io

            """);
        return text.ToString();
    }

    private string Address(string key, string? address, string example)
        => address is not null ? $"  {key}: {address}\n" : (Write ?? Read) is null ? $"#   {key}: {example}\n" : $"  # {key}: {example}\n";
}
