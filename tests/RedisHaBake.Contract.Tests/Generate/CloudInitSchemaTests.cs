namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>The generated user-data as `cloud-init schema` of Debian 12 and of Debian 13 reads it.</summary>
public sealed class CloudInitSchemaTests(WorkedSpecs specs, Debian12 bookworm, Debian13 trixie)
    : IClassFixture<WorkedSpecs>, IClassFixture<Debian12>, IClassFixture<Debian13>
{
    public static TheoryData<string> Specs => [.. WorkedSpecs.Names];

    private DebianSystem[] Both => [bookworm, trixie];

    [Theory]
    [MemberData(nameof(Specs))]
    public void Cloud_init_of_both_accepts_every_text_without_a_remark(string name)
    {
        foreach (var debian in Both)
        {
            var paths = specs.OnePerRole(name).Select(n => debian.Write($"{name.Replace(", ", "-")}-{n.Node}", n.UserData));
            Assert.All(paths, path => Accepted(debian.Run("cloud-init", "schema", "-c", path)));
        }
    }

    [Fact]
    public void Cloud_init_of_Debian_13_accepts_the_network_configuration()
    {
        foreach (var node in specs[WorkedSpecs.Names[0]].Nodes)
            Accepted(trixie.Run("cloud-init", "schema", "--schema-type", "network-config", "-c", trixie.Write(node.Node + ".network-config", node.NetworkConfig)));
    }

    [Fact]
    public void A_text_with_a_wrong_key_is_refused_so_the_check_is_a_real_one()
    {
        var text = specs[WorkedSpecs.Names[0]].Nodes[0].UserData.Replace("permissions:", "permission:");
        Assert.All(Both, debian => Assert.NotEqual(0, debian.Run("cloud-init", "schema", "-c", debian.Write("wrong", text)).ExitCode));
    }

    private static void Accepted((int ExitCode, string Output) run)
    {
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("Valid", run.Output);
        Assert.DoesNotContain("deprecat", run.Output, StringComparison.OrdinalIgnoreCase);
    }
}
