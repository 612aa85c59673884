using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Tests;

/// <summary>
/// Plans as released generators wrote them: they stand on VMs whose agent is upgraded later, and keep parsing for ever. Never change
/// one; a new contract version adds files.
/// </summary>
public sealed class NodePlanFixtureTests
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Fixtures");

    public static TheoryData<string> Plans => [.. Directory.GetFiles(Folder, "node-plan-*.json").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Plans))]
    public void An_old_plan_parses(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        var plan = NodePlanJson.Read(text);
        Assert.Contains(plan.Nodes, n => n.Name == plan.Node);
        if (plan.Schema <= NodePlan.NewestSchema)
            Assert.Equal(JsonNode.Parse(text)!.ToJsonString(), JsonNode.Parse(NodePlanJson.Write(plan))!.ToJsonString());
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
