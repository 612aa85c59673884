using System.Text.RegularExpressions;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>The firewall in a real kernel: machines on a network of their own, real nft, real connections.</summary>
public sealed class FirewallNftTests : IDisposable
{
    private const string Node = "10.10.90.37";

    private static readonly int[] Served = [6379, 26379, 6380, 6381, 8080];

    private readonly string directory = Directory.CreateTempSubdirectory("redishabake-firewall-").FullName;
    private readonly PrivateNetwork network = new(
        ("node", Node + "/24"), ("peer", "10.10.90.227/24"), ("client", "10.10.90.200/24"), ("stranger", "10.10.90.201/24"));

    public void Dispose()
    {
        network.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void Peers_and_listed_clients_reach_the_cluster_and_a_stranger_reaches_nothing_but_SSH()
    {
        network.Start("node", "redis-server", "--port", "6379", "--bind", "0.0.0.0", "--protected-mode", "no", "--save", "", "--dir", directory);
        Assert.True(SpinWait.SpinUntil(() => Ping("stranger") == "PONG", TimeSpan.FromSeconds(10)), "without rules a stranger is answered");
        Load(Plan());

        foreach (var machine in (string[])["peer", "client"])
        {
            Assert.Equal("PONG", Ping(machine));
            Assert.All(Served, port => Assert.True(network.Answers(machine, Node, port), $"{machine} to {port}"));
        }

        Assert.True(network.Answers("peer", Node, 6382));
        Assert.All([.. Served, 6382, 9101, 9104], port => Assert.False(network.Answers("stranger", Node, port), $"a stranger to {port}"));
        Assert.False(network.Answers("client", Node, 6382), "the proxies' own questions are no client's business");
        Assert.True(network.Answers("stranger", Node, 22));
        Assert.True(network.Answers("node", Node, 6379));
        Assert.Matches(@"counter packets [1-9]\d* bytes \d+ drop", network.Run("node", "nft", "list", "table", "inet", FirewallNft.Table).Output);
    }

    [Fact]
    public void Where_addresses_come_late_a_stranger_of_the_network_reaches_the_meeting_place_alone()
    {
        Load(Plan() with { Schema = NodePlan.LateSchema });
        Assert.True(network.Answers("stranger", Node, 26379));
        Assert.All([6379, 6380, 6381, 8080, 6382, 9101], port => Assert.False(network.Answers("stranger", Node, port), $"a stranger to {port}"));
    }

    [Fact]
    public void A_data_node_without_HAProxy_leaves_the_proxies_ports_to_others()
    {
        Load(SampleLayouts.SeparateProxies() with { Firewall = new(true, []) });
        Assert.False(network.Answers("stranger", Node, 6379));
        Assert.All([6380, 6381, 8080, 6382, 9101], port => Assert.True(network.Answers("stranger", Node, port), $"{port}"));
    }

    [Fact]
    public void The_operators_own_tables_stay_and_loading_again_replaces_ours_alone()
    {
        Assert.Equal(0, network.Run("node", "nft", "add table inet operators; add chain inet operators input { type filter hook input priority 10; }").ExitCode);
        Load(Plan());
        Load(Plan() with { Firewall = new(true, ["10.10.90.201"]) });
        Assert.True(network.Answers("stranger", Node, 6379));
        Assert.False(network.Answers("client", Node, 6379));
        Assert.Equal(["table inet operators", "table inet redishabake"], Tables());

        var stop = FirewallNft.RenderUnit().Split('\n').Single(l => l.StartsWith("ExecStop=", StringComparison.Ordinal)).Split('-', 2)[1];
        Assert.Equal(0, network.Run("node", stop.Split(' ')).ExitCode);
        Assert.Equal(["table inet operators"], Tables());
    }

    [Fact]
    public void An_address_does_not_move_at_a_strangers_word()
    {
        var plan = Plan();
        Load(plan);
        Advertise("peer", "10.10.90.227", KeepalivedConf.RouterIds(plan).Write);
        Advertise("client", "10.10.90.200", 250);
        Thread.Sleep(2000);
        Assert.Equal(0, Dropped("@th,8,8"));
        Advertise("stranger", "10.10.90.201", KeepalivedConf.RouterIds(plan).Write);
        Assert.True(SpinWait.SpinUntil(() => Dropped("@th,8,8") > 0, TimeSpan.FromSeconds(10)), network.Run("node", "nft", "list", "ruleset").Output);
    }

    [Theory]
    [InlineData("redis-a")]
    [InlineData("witness")]
    [InlineData("proxy-a")]
    [InlineData("auto")]
    [InlineData("overlapping")]
    public void Nft_accepts_the_rules_of_every_kind_of_node(string node) => Load(node switch
    {
        "witness" => SampleLayouts.TwoDataAndWitness("witness") with { Firewall = new(true, []) },
        "proxy-a" => SampleLayouts.SeparateProxies("proxy-a") with { Firewall = new(true, ["10.0.0.1"]) },
        "auto" => Plan() with { Nodes = [.. Plan().Nodes.Select(n => n with { Address = Words.Auto })] },
        "overlapping" => Plan() with { Firewall = new(true, ["10.0.0.0/8", "10.1.2.3", "10.1.2.3", "0.0.0.0/0"]) },
        _ => Plan(),
    });

    [Fact]
    public void A_peer_whose_address_nobody_knows_yet_is_let_in()
    {
        Load(Plan() with { Nodes = [.. Plan().Nodes.Select(n => n.Name == "redis-b" ? n with { Address = Words.Auto } : n)] });
        Assert.True(network.Answers("peer", Node, 6379));
    }

    [Fact]
    public void Systemd_accepts_the_unit_without_a_remark()
    {
        var unit = Path.Combine(directory, FirewallNft.Unit);
        File.WriteAllText(unit, FirewallNft.RenderUnit());
        var (exitCode, output) = RealProgram.Run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit);
        Assert.True(exitCode == 0 && output.Trim().Length == 0, output);
    }

    private static NodePlan Plan() => SampleLayouts.ThreeAllInOne() with { Firewall = new(true, ["10.10.90.200", "10.20.0.0/16"]) };

    private void Load(NodePlan plan)
    {
        var path = Path.Combine(directory, "firewall.nft");
        File.WriteAllText(path, FirewallNft.Render(plan, SamplePlan.Host(Node)));
        foreach (var options in (string[][])[["-c", "-f"], ["-f"]])
        {
            var (exitCode, output) = network.Run("node", [FirewallNft.Program, .. options, path]);
            Assert.True(exitCode == 0, output);
        }
    }

    private string Ping(string machine) => network.Run(machine, "timeout", "1", "redis-cli", "-h", Node, "PING").Output.Trim();

    private string[] Tables() => network.Run("node", "nft", "list", "tables").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private int Dropped(string rule) => int.Parse(Regex.Match(network.Run("node", "nft", "list", "table", "inet", FirewallNft.Table).Output, rule + @".*packets (\d+)").Groups[1].Value);

    private void Advertise(string machine, string address, int routerId)
    {
        var path = Path.Combine(directory, machine + ".conf");
        File.WriteAllText(path, $$"""
            vrrp_version 3
            vrrp_instance mine {
                interface eth0
                virtual_router_id {{routerId}}
                priority 250
                advert_int 0.2
                unicast_src_ip {{address}}
                unicast_peer {
                    {{Node}}
                }
                virtual_ipaddress {
                    10.10.90.92/32 dev eth0
                }
            }

            """);
        network.Start(machine, "keepalived", "--vrrp", "--dont-fork", "--log-console", "--use-file", path, "--pid", path + ".pid", "--vrrp_pid", path + ".vrrp.pid");
    }
}
