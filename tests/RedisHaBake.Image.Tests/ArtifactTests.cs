using System.Text.Json.Nodes;

namespace RedisHaBake.Image.Tests;

/// <summary>What `make image` leaves: an image that was looked through, and what belongs beside it.</summary>
[Collection(SharedImage.Name)]
public class ArtifactTests(BakedImage image)
{
    [Fact]
    public void It_was_looked_through_for_the_secrets_of_its_own_build()
    {
        Assert.Contains(": clean; ", image.Story);
        Assert.DoesNotContain("without the build's secrets", image.Story);
    }

    [Fact]
    public void It_is_small_enough_to_upload() => Assert.InRange(new FileInfo(image.Path).Length, 1, 450_000_000);

    [Fact]
    public void Checksum_manifest_stamp_and_package_list_lie_beside_it_and_nothing_of_the_build()
    {
        var directory = Path.GetDirectoryName(image.Path)!;
        var name = Path.GetFileNameWithoutExtension(image.Path);
        Assert.Equal(
            new[] { ".json", ".manifest.json", ".packages.tsv", ".qcow2", ".qcow2.sha256" }.Select(end => name + end),
            Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Bash.Must($"cd '{directory}' && sha256sum --check --quiet {name}.qcow2.sha256", TimeSpan.FromMinutes(1));
        var stamp = JsonNode.Parse(File.ReadAllText(Path.Combine(directory, name + ".json")))!;
        Assert.Equal(Model.Plan.NodePlan.NewestSchema, (int)stamp["planSchema"]!);
        Assert.Contains(File.ReadLines(Path.Combine(directory, name + ".packages.tsv")), l => l.StartsWith("redishabake-agent\t", StringComparison.Ordinal));
        Assert.Equal("all", (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(directory, name + ".manifest.json")))!["builds"]![0]!["custom_data"]!["role"]);
    }

    [Fact]
    public void With_a_host_key_put_into_it_afterwards_it_is_refused()
    {
        var directory = Directory.CreateTempSubdirectory("redishabake-spoilt-").FullName;
        try
        {
            Bash.Must(
                $"""
                cd '{directory}'
                cp '{Path.ChangeExtension(image.Path, ".json")}' disk.json; cp '{Path.ChangeExtension(image.Path, ".packages.tsv")}' disk.packages.tsv
                qemu-img convert -O raw '{image.Path}' disk.raw
                echo key > key; debugfs -w -R 'write key /etc/ssh/ssh_host_rsa_key' 'disk.raw?offset=1048576'
                """,
                TimeSpan.FromMinutes(3));
            var (exitCode, output) = Bash.Run($"images/check '{directory}/disk.raw'", TimeSpan.FromMinutes(3));
            Assert.True(exitCode == 1, output);
            Assert.Contains("/etc/ssh/ssh_host_rsa_key: expected no SSH host key", output);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
