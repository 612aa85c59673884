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
        var e = Refused(Written.Replace("\"schema\": 1", "\"schema\": 2"));
        Assert.Contains("\"schema\" is 2", e.Message);
        Assert.Contains("reads 1", e.Message);
    }

    [Fact]
    public void An_unknown_member_is_refused() => Assert.Contains("colour", Refused(Change(o => o["colour"] = "red")).Message);

    [Fact]
    public void A_missing_member_is_refused() => Assert.Contains("cidr", Refused(Change(o => o.Remove("cidr"))).Message);

    [Fact]
    public void A_null_member_is_refused() => Assert.Contains("cidr", Refused(Change(o => o["cidr"] = null)).Message);

    [Fact]
    public void A_duplicate_member_is_refused()
        => Assert.Contains("node", Refused(Written.Replace("\"node\": \"redis-a\"", "\"node\": \"redis-a\", \"node\": \"redis-b\"")).Message);

    [Fact]
    public void A_role_given_as_a_number_is_refused()
        => Refused(Change(o => o["nodes"]![0]!["roles"] = new JsonArray(0)));

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
