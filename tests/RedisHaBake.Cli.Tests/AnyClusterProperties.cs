using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using YamlDotNet.RepresentationModel;

namespace RedisHaBake.Cli.Tests;

/// <summary>Every cluster that the rules let pass generates: plans that the agent's reader takes, files that render, the same bytes again.</summary>
public sealed class AnyClusterProperties : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("redishabake-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void Any_valid_spec_generates() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(120), Prop.ForAll(Specs().ToArbitrary(), spec =>
    {
        var path = Path.Combine(directory, "cluster.yaml");
        File.WriteAllText(path, spec);
        var generation = Generation.Run(path);
        Assert.True(generation.Succeeded, spec + string.Join('\n', generation.Problems));
        foreach (var node in generation.Nodes)
        {
            Assert.Equal(NodePlanJson.Write(node.Plan), NodePlanJson.Write(NodePlanJson.Read(NodePlanJson.Write(node.Plan))));
            Assert.Equal(NodePlanJson.Write(node.Plan), NodePlanJson.Write(NodePlanJson.Read(PlanInside(node.UserData))));
            foreach (var text in (string[])[node.MetaData, node.NetworkConfig])
                Assert.Single(Parsed(text).Documents);
            Assert.NotEmpty(ManagedFiles.For(node.Plan, new(node.Plan.Self.Address, "eth0", new(8, 0, 0), new(3, 0, 11), LifeMark: RedisConf.LifeMarked)));
        }

        Assert.Equal(generation.Nodes.Select(n => n.UserData), Generation.Run(path).Nodes.Select(n => n.UserData));
    }));

    private static string PlanInside(string userData)
    {
        var files = (YamlSequenceNode)Parsed(userData).Documents.Single().RootNode["write_files"];
        return ((YamlScalarNode)files.First(f => ((YamlScalarNode)f["path"]).Value == "/etc/redishabake/node.json")["content"]).Value!;
    }

    private static YamlStream Parsed(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml;
    }

    private static Gen<string> Specs() =>
        from data in Gen.Choose(2, 6)
        from others in Gen.Choose(0, 3)
        from sentinels in Gen.Elements(3, 5)
        from proxies in Gen.Choose(1, 3)
        from order in Gen.Elements(false, true)
        from mode in Gen.Elements("", "floating", "pinned")
        from profile in Gen.Elements("fast", "lan", "noisy")
        from engine in Gen.Elements(
            "os: ubuntu-22.04", "os: ubuntu-24.04\nengine: {kind: valkey}", "os: debian-12", "os: debian-13\nengine: {kind: valkey}", "os: debian-13\nengine: {source: packages.redis.io, major: 8}")
        from image in Gen.Elements("baked: true", $"agent: {{url: \"https://example.com/a.deb\", sha256: {new string('a', 64)}}}")
        from memory in Gen.Elements("", ", memory: 2gb")
        from prefix in Gen.Choose(8, 24)
        from user in Gen.Elements("app", "default")
        from extra in Gen.SubListOf(
            "redis: {appendOnly: false, save: \"\", extra: [\"hz 50\"]}\n",
            "firewall: {enabled: true, clients: [10.9.0.0/16]}\n",
            "ports: {redis: 7000, sentinel: 7002, write: 7001, read: 7003, stats: 7004, health: 7005, gate: 7100}\n",
            "users: [{name: reports, rights: \"%R~r:* &r:* +@read -keys +client|setname\", sentinel: true}, {name: batch, rights: allkeys +get}]\n",
            "sentinel: {masterName: other, extra: [loglevel verbose]}\n",
            "haproxy: {statsUser: ops, connectTimeout: 500ms, clientTimeout: 1h, serverTimeout: 1h, maxConnections: 10, extra: [listen mine, \"  bind :9900\"]}\n",
            "kernel: {transparentHugepages: madvise, sysctl: {net.core.somaxconn: \"1024\"}}\n",
            "gateway: 10.0.0.1\n",
            "interface: eth1\n",
            "provider: digitalocean\n")
        from downAfter in Gen.Choose(1, 30)
        from parallel in Gen.Choose(1, 64)
        select Write(data, others, sentinels, proxies, order, mode, profile, engine, image, memory, prefix, user, string.Concat(extra), downAfter, parallel);

    private static string Write(
        int data, int others, int sentinels, int proxies, bool reversed, string mode, string profile, string engine, string image, string memory, int prefix, string user, string extra,
        int downAfter, int parallel)
    {
        var count = Math.Max(data + others, sentinels);
        var nodes = Enumerable.Range(0, count).Select(i => (Name: $"n{i}", Roles: new List<string>())).ToList();
        for (var i = 0; i < data; i++)
            nodes[i].Roles.Add("redis");
        for (var i = 0; i < sentinels; i++)
            nodes[reversed ? count - 1 - i : i].Roles.Add("sentinel");
        for (var i = 0; i < proxies; i++)
            nodes[(i + 1) % count].Roles.Add("haproxy");
        var text = new StringBuilder($"apiVersion: redishabake/v1\nname: shop\ncidr: 10.0.0.0/{prefix}\n{engine}\n{image}\nnodes:\n");
        foreach (var (name, roles) in nodes.Where(n => n.Roles.Count > 0))
            text.Append($"  - {{name: {name}, address: 10.0.0.{10 + int.Parse(name[1..])}, roles: [{string.Join(", ", roles)}]{memory}}}\n");
        if (mode.Length > 0)
            text.Append($"addresses: {{write: 10.0.0.100, read: 10.0.0.101, mode: {mode}}}\n");
        return text.Append($"failover: {{profile: {profile}, downAfter: {downAfter}s, timeout: {downAfter * 3}s, parallelSyncs: {parallel}, advert: 200ms}}\napp: {{user: {user}}}\n{extra}").ToString();
    }
}
