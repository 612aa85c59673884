using RedisHaBake.Cluster.Tests;

namespace RedisHaBake.Image.Tests;

/// <summary>Packer takes what is in images/ together with what `redishabake image` writes, for every role.</summary>
public sealed class PackerTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("redishabake-packer-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("lab", "all")]
    [InlineData("lab", "data")]
    [InlineData("lab", "sentinel")]
    [InlineData("lab", "proxy")]
    [InlineData("tutorial", "all")]
    [InlineData("witness", "sentinel")]
    [InlineData("proxies", "proxy")]
    public void It_validates_the_variables_of_every_role(string example, string role)
    {
        var said = Validate(Write(example, role), "");
        Assert.True(said.ExitCode == 0, said.Output);
    }

    [Theory]
    [InlineData("role=router", "data, sentinel, proxy or all")]
    [InlineData("suite=sarge", "jammy, noble, bookworm or trixie")]
    [InlineData("engine_major=6", "7 or newer")]
    [InlineData("base_checksum=none", "needs a checksum")]
    [InlineData("format=vhd", "qcow2 or raw")]
    public void It_refuses_a_wrong_value_with_what_it_expects(string variable, string expected)
    {
        var said = Validate(Write("lab", "all"), $"-var {variable}");
        Assert.Equal(1, said.ExitCode);
        Assert.Contains(expected, said.Output);
    }

    [Fact]
    public void Its_syntax_is_good_for_OpenStack_too()
        // Validating that source in full would log in.
        => Assert.Contains("Syntax-only check passed", Bash.Must("packer validate -syntax-only images"));

    private string Write(string example, string role)
    {
        var result = Bash.Must($"dotnet=$(.make/find-dotnet); \"$dotnet\" '{Path.Combine(AppContext.BaseDirectory, "redishabake.dll")}' image cloud-init/{example}/cluster.yaml --role {role} -o '{_directory}'");
        Assert.Contains($"{role}.pkrvars.hcl: written", result);
        return Path.Combine(_directory, role + ".pkrvars.hcl");
    }

    private (int ExitCode, string Output) Validate(string variables, string more)
    {
        // Packer asks whether these are there, not what they are.
        File.WriteAllText(Path.Combine(_directory, "base.qcow2"), "");
        return Bash.Run(
            $"export CHECKPOINT_DISABLE=1 PACKER_CACHE_DIR='{_directory}/cache'; packer validate -only=qemu.image -var-file='{variables}' -var agent_deb='{LabGround.AgentPackage}'"
            + $" -var base_image='{_directory}/base.qcow2' -var base_checksum=sha256:{new string('0', 64)} -var output_directory='{_directory}/out' {more} images",
            TimeSpan.FromSeconds(60));
    }
}
