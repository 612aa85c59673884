using RedisHaBake.Contract.Tests.Render;

namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>The generated user-data as `cloud-init schema` reads it: of this machine (Debian 12 or Ubuntu) and of Debian 13.</summary>
public sealed class CloudInitSchemaTests(WorkedSpecs specs, Debian13 trixie) : IClassFixture<WorkedSpecs>, IClassFixture<Debian13>
{
    public static TheoryData<string> Specs => [.. WorkedSpecs.Names];

    [Theory]
    [MemberData(nameof(Specs))]
    public void Cloud_init_of_both_accepts_every_text_without_a_remark(string name)
    {
        foreach (var node in specs.OnePerRole(name))
        {
            var path = trixie.Write($"{name.Replace(", ", "-")}-{node.Node}", node.UserData);
            Accepted(RealProgram.Run("cloud-init", "schema", "-c", Debian13.Root + path));
            Accepted(Debian13.Run("cloud-init", "schema", "-c", path));
        }
    }

    [Fact]
    public void A_text_with_a_wrong_key_is_refused_so_the_check_is_a_real_one()
    {
        var text = specs[WorkedSpecs.Names[0]].Nodes[0].UserData.Replace("permissions:", "permission:");
        var path = trixie.Write("wrong", text);
        Assert.NotEqual(0, RealProgram.Run("cloud-init", "schema", "-c", Debian13.Root + path).ExitCode);
        Assert.NotEqual(0, Debian13.Run("cloud-init", "schema", "-c", path).ExitCode);
    }

    private static void Accepted((int ExitCode, string Output) run)
    {
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("Valid", run.Output);
        Assert.DoesNotContain("deprecat", run.Output, StringComparison.OrdinalIgnoreCase);
    }
}
