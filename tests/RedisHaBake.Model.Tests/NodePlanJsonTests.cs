using System.Text.Json.Nodes;
using RedisHaBake.Model.Plan;
using RedisHaBake.Samples;

namespace RedisHaBake.Model.Tests;

public sealed class NodePlanJsonTests
{
    private static readonly string Written = NodePlanJson.Write(SamplePlan.Tutorial());

    [Fact]
    public void A_plan_that_was_written_reads_back_as_the_same_bytes()
        => Assert.Equal(Written, NodePlanJson.Write(NodePlanJson.Read(Written)));

    [Fact]
    public void A_newer_schema_is_refused_with_the_field_and_both_versions()
    {
        var e = Refused(Written.Replace("\"schema\": 1", "\"schema\": 5"));
        Assert.Contains("\"schema\" is 5", e.Message);
        Assert.Contains("reads 1 to 4", e.Message);
    }

    [Fact]
    public void Only_a_plan_whose_addresses_come_later_has_known_ones_and_says_so_by_its_schema()
    {
        Assert.DoesNotContain("known", Written);
        Assert.StartsWith("the plan has a member \"known\", which schema 1 does not know;", Refused(Change(o => o["known"] = new JsonObject())).Message);

        var late = NodePlanJson.Write(Late);
        Assert.Contains("\n \"known\": {\"redis-b\":\"10.10.90.227\"},\n", late);
        Assert.Equal(late, NodePlanJson.Write(NodePlanJson.Read(late)));
        Assert.StartsWith("the plan has no \"known\"; expected one;", Refused(late.Replace(" \"known\": {\"redis-b\":\"10.10.90.227\"},\n", "")).Message);
    }

    [Theory]
    [InlineData("redis-a", "10.10.90.37", "\"known.redis-a\" is wrong; expected the name of another node whose address is auto;")]
    [InlineData("redis-c", "10.10.90.147", "\"known.redis-c\" is wrong; expected the name of another node whose address is auto;")]
    [InlineData("nobody", "10.10.90.9", "\"known.nobody\" is wrong; expected the name of another node whose address is auto;")]
    [InlineData("redis-b", "10.10.91.1", "\"known.redis-b\" is wrong; expected an address inside 10.10.90.0/24;")]
    public void A_known_address_is_that_of_another_node_which_is_to_be_learned(string name, string address, string said)
        => Assert.Contains(said, Refused(NodePlanJson.Write(Late with { Known = new Dictionary<string, string> { [name] = address } })).Message);

    [Fact]
    public void Only_a_plan_whose_nodes_install_through_another_says_so_and_does_by_its_schema()
    {
        Assert.DoesNotContain("egress", Written);
        Assert.StartsWith("the plan has a member \"egress\", which schema 1 does not know;", Refused(Change(o => o["egress"] = new JsonObject())).Message);

        var through = NodePlanJson.Write(SamplePlan.Tutorial() with { Schema = NodePlan.EgressSchema, Egress = new("redis-a", 3128) });
        Assert.Contains("\n \"egress\": {\"via\":\"redis-a\", \"port\":3128},\n", through);
        Assert.DoesNotContain("known", through);
        Assert.Equal(through, NodePlanJson.Write(NodePlanJson.Read(through)));
        Assert.StartsWith("the plan has no \"egress\"; expected one;", Refused(through.Replace(" \"egress\": {\"via\":\"redis-a\", \"port\":3128},\n", "")).Message);
        Assert.Contains("\"egress.via\" is wrong; expected a name that stands in nodes;", Refused(through.Replace("\"via\":\"redis-a\"", "\"via\":\"nobody\"")).Message);
        Assert.Contains("\"egress.port\" is wrong; expected 1 to 65535;", Refused(through.Replace("3128", "0")).Message);

        var both = NodePlanJson.Write(Late with { Schema = NodePlan.LateEgressSchema, Egress = new("redis-c", 3128) });
        Assert.Contains("\"known\"", both);
        Assert.Equal(both, NodePlanJson.Write(NodePlanJson.Read(both)));
    }

    private static NodePlan Late => SamplePlan.Tutorial() with
    {
        Schema = NodePlan.LateSchema,
        Nodes = [.. SamplePlan.Tutorial().Nodes.Select(n => n.Name == "redis-c" ? n : n with { Address = Words.Auto })],
        Known = new Dictionary<string, string> { ["redis-b"] = "10.10.90.227" },
    };

    [Fact]
    public void What_does_not_fit_is_named_with_its_place()
    {
        Says("has a member \"colour\" that this program does not know; expected schema, cluster, ", Change(o => o["colour"] = "red"));
        Says("has a member \"nodes[0].colour\" that this program does not know; expected name, address, roles;", Change(o => o["nodes"]![0]!["colour"] = "red"));
        Says("has no \"cidr\"; expected one;", Change(o => o.Remove("cidr")));
        Says("has no \"nodes[2].roles\"; expected one;", Change(o => o["nodes"]![2]!.AsObject().Remove("roles")));
        Says("has null as \"cidr\"; expected a text;", Change(o => o["cidr"] = null));
        Says("has null as \"firewall\"; expected an object;", Change(o => o["firewall"] = null));
        Says("has null as \"redis.extra[0]\"; expected a text;", Change(o => o["redis"]!["extra"] = new JsonArray((JsonNode?)null)));
        Says("has \"node\" twice; expected it once;", Written.Replace("\"node\": \"redis-a\"", "\"node\": \"redis-a\", \"node\": \"redis-b\""));
        Says("has \"kernel.sysctl.vm.swappiness\" twice", Written.Replace("\"vm.swappiness\":\"1\"", "\"vm.swappiness\":\"1\", \"vm.swappiness\":\"2\""));
        Says("has a number as \"nodes[0].roles[0]\"; expected a word that this program knows;", Change(o => o["nodes"]![0]!["roles"] = new JsonArray(0)));
        Says("has a text as \"nodes[0].roles[0]\"; expected a word that this program knows;", Change(o => o["nodes"]![0]!["roles"] = new JsonArray("Redis")));
        Says("has a number as \"failover.quorum\"; expected a whole number;", Change(o => o["failover"]!["quorum"] = 1.5));
        Says("has a text as \"redis.appendOnly\"; expected true or false;", Change(o => o["redis"]!["appendOnly"] = "yes"));
        Says("has a text as \"nodes\"; expected a list;", Change(o => o["nodes"] = "redis-a"));
        Says("is not JSON at line 1, byte 2;", "{");
        Says("has a text that is no Unicode;", Written.Replace("\"cluster\": \"tutorial\"", "\"cluster\": \"\\ud800\""));

        static void Says(string what, string json) => Assert.StartsWith("the plan " + what, Refused(json).Message);
    }

    [Fact]
    public void A_number_that_no_program_could_use_is_refused()
    {
        Assert.Contains("\"proxy.maxConnections\" is wrong; expected a number above 0", Refused(Change(o => o["proxy"]!["maxConnections"] = -5)).Message);
        Assert.Contains("\"ports.write\" is wrong; expected 1 to 65535", Refused(Change(o => o["ports"]!["write"] = 70000)).Message);
    }

    [Fact]
    public void A_refusal_never_shows_a_secret()
        => Assert.DoesNotContain("hunter2", Refused(Change(o => o["secrets"]!["agent"] = new JsonArray("hunter2"))).Message);

    [Fact]
    public void A_node_outside_the_cidr_is_refused()
        => Assert.Contains("nodes[1].address", Refused(Change(o => o["nodes"]![1]!["address"] = "10.10.91.1")).Message);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"schema\":\"1\"}")]
    public void What_is_no_plan_is_refused_with_a_sentence(string text) => Assert.Contains("generate", Refused(text).Message);

    private static string Change(Action<JsonObject> change)
    {
        var o = JsonNode.Parse(Written)!.AsObject();
        change(o);
        return o.ToJsonString();
    }

    private static NodePlanException Refused(string json) => Assert.Throws<NodePlanException>(() => NodePlanJson.Read(json));
}
