namespace RedisHaBake.Cli.Tests;

/// <summary>`address: auto` is for a node that no other has to reach, and is refused for every other.</summary>
public sealed class AutoAddressTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("redishabake-auto-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("[haproxy]", "", true)]
    [InlineData("[haproxy]", "firewall: {enabled: true}\n", false)]
    [InlineData("[haproxy]", "  - {name: p2, address: 10.0.8.22, roles: [haproxy]}\n", false)]
    [InlineData("[sentinel, haproxy]", "", false)]
    public void A_lone_proxy_finds_its_own(string roles, string more, bool accepted)
    {
        File.WriteAllText(_directory + "/cluster.yaml", $"""
            apiVersion: redishabake/v1
            name: auto
            cidr: 10.0.8.0/24
            os: debian-12
            baked: true
            nodes:
              - {"{"}name: a, address: 10.0.8.11, roles: [redis, sentinel]{"}"}
              - {"{"}name: b, address: 10.0.8.12, roles: [redis, sentinel]{"}"}
              - {"{"}name: c, address: 10.0.8.13, roles: [redis, sentinel]{"}"}
              - {"{"}name: p, address: auto, roles: {roles}{"}"}

            """ + more);
        var generation = Generation.Run(_directory + "/cluster.yaml", keepSecrets: false);
        Assert.Equal(accepted, generation.Problems.All(p => p.Code != "E209"));
        Assert.True(!accepted || generation.Succeeded, string.Join("; ", generation.Problems.Select(p => p.Title)));
    }
}
