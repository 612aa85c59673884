using RedisHaBake.Cli;

namespace RedisHaBake.Page.Tests;

/// <summary>An output directory as `generate` writes it, from the program's own command line.</summary>
public sealed class PageOfCluster : IDisposable
{
    private const string LateNodes = """
          - {name: redis-a, address: auto}
          - {name: redis-b, address: auto}
          - {name: redis-c, address: auto}
        """;

    private const string KnownNodes = """
          - {name: redis-a, address: 10.10.90.37, memory: 2gb}
          - {name: redis-b, address: 10.10.90.227, memory: 2gb}
          - {name: redis-c, address: 10.10.90.147, memory: 2gb}
        addresses: {write: 10.10.90.92, read: 10.10.90.50}
        """;

    /// <summary>More VMs than a screen is wide, with names as long as they may be.</summary>
    private static readonly string ManyNodes = string.Concat(Enumerable.Range(1, 7).Select(i => $"  - {{name: {new string('x', 60)}-{i}{i}, address: 10.10.90.{i + 10}, roles: {(i < 6 ? "[redis, sentinel]" : "[haproxy]")}}}\n"))
        + "sentinel: {masterName: shop}\naddresses: {write: 10.10.90.92, read: 10.10.90.50, mode: floating}\nfirewall: {enabled: true, clients: [10.9.0.0/16]}";

    private readonly string _directory = Directory.CreateTempSubdirectory("redishabake-test-").FullName;

    private PageOfCluster(string rest) => File.WriteAllText(Spec, $"""
        apiVersion: redishabake/v1
        name: shop
        cidr: 10.10.90.0/24
        gateway: 10.10.90.1
        os: ubuntu-24.04
        agent: {"{"}url: "https://downloads.example.com/agent.deb", sha256: {new string('a', 64)}{"}"}
        nodes:
        {rest}

        """);

    public string Spec => Path.Combine(_directory, "cluster.yaml");

    public string Out => Path.Combine(_directory, "out");

    public string Url => new Uri(Path.Combine(Out, "index.html")).AbsoluteUri;

    /// <summary>A cluster whose addresses the portal shows later.</summary>
    public static Task<PageOfCluster> LateAsync() => OfAsync(LateNodes);

    /// <summary>The same, where the others install through the second.</summary>
    public static Task<PageOfCluster> PrivateAsync() => OfAsync(LateNodes + "\negress: {via: redis-b}");

    /// <summary>The same, where a node is called like what every object of a browser's language has.</summary>
    public static Task<PageOfCluster> BuiltInNameAsync() => OfAsync(LateNodes.Replace("redis-a", "constructor", StringComparison.Ordinal));

    /// <summary>A cluster whose spec says every address.</summary>
    public static Task<PageOfCluster> KnownAsync() => OfAsync(KnownNodes);

    /// <summary>The cluster of that kind: late, known or many.</summary>
    public static Task<PageOfCluster> OfKindAsync(string kind) => OfAsync(kind switch { "late" => LateNodes, "known" => KnownNodes, _ => ManyNodes });

    private static async Task<PageOfCluster> OfAsync(string rest)
    {
        var cluster = new PageOfCluster(rest);
        await cluster.GenerateAsync();
        return cluster;
    }

    /// <summary>Writes everything anew, with what came to be known.</summary>
    public async Task GenerateAsync(params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["generate", Spec, "-o", Out, .. more], output, error);
        Assert.True(code == ExitCode.Good, error.ToString());
    }

    /// <summary>The bytes of a node's user-data, as `generate` with <paramref name="more"/> writes them; the directory stays as it is.</summary>
    public async Task<string> TextAsync(string node, params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(ExitCode.Good, await CommandLine.RunAsync(["generate", Spec, "-o", "-", "--node", node, .. more], output, error));
        return output.ToString();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
