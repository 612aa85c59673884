using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Tests;

/// <summary>generate as an operator meets it.</summary>
public sealed class GenerateTests : SpecDirectory
{
    [Fact]
    public async Task Init_then_generate_gives_texts_that_only_their_owner_can_read()
    {
        await Init();
        var run = await Run.Of("generate", Spec, "-o", Out);

        Assert.Equal(ExitCode.Good, run.Code);
        Assert.Equal("", run.Output);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Secrets));
        foreach (var node in (string[])["redis-a", "redis-b", "redis-c"])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Out, node + ".user-data")));
            Assert.StartsWith("#cloud-config\n", File.ReadAllText(Path.Combine(Out, node + ".user-data")));
        }

        Assert.Contains("DigitalOcean", run.Error);
    }

    [Fact]
    public async Task A_second_run_writes_the_same_bytes_with_the_same_secrets()
    {
        await Init();
        await Run.Of("generate", Spec, "-o", Out);
        var before = Directory.GetFiles(Out).Append(Secrets).ToDictionary(f => f, File.ReadAllBytes);
        await Run.Of("generate", Spec, "-o", Out);

        foreach (var (file, bytes) in before)
            Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    [Fact]
    public async Task A_text_that_was_opened_to_others_is_its_owners_again_after_the_next_run()
    {
        await Init();
        await Run.Of("generate", Spec, "-o", Out);
        var text = Path.Combine(Out, "redis-a.user-data");
        File.SetUnixFileMode(text, File.GetUnixFileMode(text) | UnixFileMode.OtherRead);
        await Run.Of("generate", Spec, "-o", Out);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(text));
    }

    [Fact]
    public async Task A_text_changed_by_hand_is_not_overwritten_without_force()
    {
        await Init();
        await Run.Of("generate", Spec, "-o", Out);
        var file = Path.Combine(Out, "redis-b.user-data");
        File.AppendAllText(file, "# mine\n");

        var refused = await Run.Of("generate", Spec, "-o", Out);
        Assert.Equal(ExitCode.Fault, refused.Code);
        Assert.Contains("redis-b.user-data: changed since", refused.Error);
        Assert.EndsWith("# mine\n", File.ReadAllText(file));

        Assert.Equal(ExitCode.Good, (await Run.Of("generate", Spec, "-o", Out, "--force")).Code);
        Assert.DoesNotContain("# mine", File.ReadAllText(file));
    }

    [Fact]
    public async Task What_an_earlier_run_wrote_is_updated_and_a_node_that_left_goes()
    {
        await Init();
        await Run.Of("generate", Spec, "-o", Out);
        File.WriteAllText(Spec, File.ReadAllText(Spec).Replace("redis-c", "redis-d"));
        var check = await Run.Of("generate", Spec, "-o", Out, "--check");
        Assert.Equal(ExitCode.Pending, check.Code);
        Assert.Contains("redis-c.user-data: would be removed", check.Error);
        Assert.True(File.Exists(Path.Combine(Out, "redis-c.user-data")));

        Assert.Equal(ExitCode.Good, (await Run.Of("generate", Spec, "-o", Out)).Code);
        Assert.False(File.Exists(Path.Combine(Out, "redis-c.user-data")));
        Assert.True(File.Exists(Path.Combine(Out, "redis-d.user-data")));
        Assert.Equal(ExitCode.Good, (await Run.Of("generate", Spec, "-o", Out, "--check")).Code);
    }

    [Fact]
    public async Task Check_writes_nothing_not_even_secrets()
    {
        await Init();
        Assert.Equal(ExitCode.Pending, (await Run.Of("generate", Spec, "-o", Out, "--check")).Code);
        Assert.Equal(ExitCode.Pending, (await Run.Of("secrets", Spec, "--check")).Code);
        Assert.False(File.Exists(Secrets));
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task Two_clusters_do_not_share_a_directory()
    {
        await Init();
        await Run.Of("generate", Spec, "-o", Out);
        var other = Path.Combine(Here, "other.yaml");
        File.WriteAllText(other, File.ReadAllText(Spec).Replace("name: redis\n", "name: other\n").Replace("name: redis-c", "name: redis-d"));

        var refused = await Run.Of("generate", other, "-o", Out);

        Assert.Equal(ExitCode.Fault, refused.Code);
        Assert.Contains($"error: {Out} holds the texts of cluster redis, made with other passwords than those in {Here}/other.secrets.yaml; expected a directory of this cluster's own", refused.Error);
        Assert.True(File.Exists(Path.Combine(Out, "redis-c.user-data")));
        var check = await Run.Of("generate", other, "-o", Out, "--check");
        Assert.Equal(ExitCode.Pending, check.Code);
        Assert.Contains("would be refused: ", check.Error);
        Assert.Equal(ExitCode.Good, (await Run.Of("generate", other, "-o", Out, "--force")).Code);
        Assert.False(File.Exists(Path.Combine(Out, "redis-c.user-data")));
    }

    [Fact]
    public async Task A_cluster_with_a_new_name_keeps_its_directory()
    {
        await Init();
        await Run.Of("generate", Spec, "-o", Out);
        File.WriteAllText(Spec, File.ReadAllText(Spec).Replace("name: redis\n", "name: shop\n"));
        Assert.Equal(ExitCode.Good, (await Run.Of("generate", Spec, "-o", Out)).Code);
    }

    [Fact]
    public async Task The_starters_placeholder_is_no_agent()
    {
        Assert.Equal(ExitCode.Good, (await Run.Of("init", Spec)).Code);
        Assert.Equal(ExitCode.Good, (await Run.Of("validate", Spec)).Code);
        Assert.EndsWith($"{Spec}: no mistakes, but not complete: `generate` will refuse it until agent.sha256 is right\n", (await Run.Of("validate", Spec)).Error);
        Assert.Equal(ExitCode.Fault, (await Run.Of("validate", "--strict", Spec)).Code);
        Assert.Contains("error[E293]", (await Run.Of("generate", Spec, "-o", Out)).Error);
        Assert.False(Directory.Exists(Out) || File.Exists(Secrets));
    }

    [Fact]
    public async Task A_node_whose_name_is_a_number_or_a_word_of_YAML_keeps_it()
    {
        await Init();
        File.WriteAllText(Spec, File.ReadAllText(Spec).Replace("redis-a", "\"0123\"").Replace("redis-b", "\"null\""));
        var run = await Run.Of("generate", Spec, "-o", Out);
        Assert.True(run.Code == ExitCode.Good, run.Error);
        Assert.Contains("\nhostname: \"0123\"\n", File.ReadAllText(Path.Combine(Out, "0123.user-data")));
        Assert.Contains("local-hostname: \"null\"\n", File.ReadAllText(Path.Combine(Out, "null.meta-data")));
    }

    [Fact]
    public async Task Standard_output_gets_the_exact_text_and_nothing_else()
    {
        await Init();
        await Run.Of("generate", Spec, "-o", Out);
        var run = await Run.Of("generate", Spec, "-o", "-", "--node", "redis-b");
        Assert.Equal(File.ReadAllText(Path.Combine(Out, "redis-b.user-data")), run.Output);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("/proc/none", "/proc/none cannot be written: there is no directory for it; expected one where files can be made")]
    [InlineData("/etc/hostname", "/etc/hostname is a file; expected a directory, or a name that is still free")]
    [InlineData("/etc/hostname/out", "/etc/hostname/out cannot be written: ")]
    [InlineData("/dev/full", "/dev/full is a device; expected a directory, or a name that is still free")]
    public async Task A_place_where_nothing_can_be_written_is_one_line_and_1(string place, string said)
    {
        await Init();
        var run = await Run.Of("generate", Spec, "-o", place, "--quiet");
        Assert.Equal(ExitCode.Fault, run.Code);
        Assert.StartsWith("error: " + said, Assert.Single(run.Error.TrimEnd('\n').Split('\n')));
        Assert.DoesNotContain(".tmp", run.Error);
    }

    [Fact]
    public async Task What_cannot_be_written_is_said_in_the_systems_words_not_in_the_frameworks()
    {
        await Init();
        File.CreateSymbolicLink(Out, Path.Combine(Here, "nowhere"));
        Assert.Equal($"error: {Out} is a link to {Here}/nowhere, where nothing is; expected a directory, or a name that is still free\n", (await Run.Of("generate", Spec, "-o", Out, "--quiet")).Error);
        File.Delete(Out);
        await Run.Of("generate", Spec, "-o", Out);
        var text = Path.Combine(Out, "redis-a.user-data");
        File.Delete(text);
        File.CreateSymbolicLink(text, "/nowhere/text");
        Assert.Equal("error: /nowhere/text cannot be written: there is no directory for it; expected one where files can be made\n", (await Run.Of("generate", Spec, "-o", Out, "--quiet")).Error);
        File.Delete(text);
        Directory.CreateDirectory(text);
        Assert.StartsWith($"error: {text}: changed since redishabake wrote it", (await Run.Of("generate", Spec, "-o", Out, "--quiet")).Error);
        Assert.Equal($"error: {text} cannot be written: is a directory; expected a place with room that can be written\n", (await Run.Of("generate", Spec, "-o", Out, "--quiet", "--force")).Error);
    }

    [Fact]
    public async Task The_smallest_spec_is_a_name_a_network_and_three_nodes()
    {
        File.WriteAllText(Spec, """
            apiVersion: redishabake/v1
            name: shop
            cidr: 10.0.0.0/24
            nodes: [{name: a, address: 10.0.0.1}, {name: b, address: 10.0.0.2}, {name: c, address: 10.0.0.3}]
            """);
        Assert.Contains("error[E290]", (await Run.Of("generate", Spec, "-o", Out)).Error);
        var validated = await Run.Of("validate", Spec);
        Assert.Contains("warning[W290]", validated.Error);
        Assert.EndsWith($"{Spec}: no mistakes, but not complete: `generate` will refuse it until agent.url is right\n", validated.Error);
        Assert.Contains("\"ready\": false", (await Run.Of("validate", Spec, "--output", "json")).Output);
        foreach (var command in (string[])["validate", "preview", "secrets"])
            Assert.Equal(ExitCode.Good, (await Run.Of(command, Spec)).Code);
        File.AppendAllText(Spec, "\nbaked: true\n");
        Assert.Equal($"{Spec}: good\n", (await Run.Of("validate", Spec)).Error);
        Assert.Contains("\"ready\": true", (await Run.Of("validate", Spec, "--output", "json")).Output);
        Assert.Equal(ExitCode.Good, (await Run.Of("generate", Spec, "-o", Out)).Code);
        Assert.Equal(AddressMode.None, Generation.Run(Spec).Nodes[0].Plan.Addresses.Mode);
    }

    [Fact]
    public async Task A_stock_all_in_one_node_with_the_apt_key_inside_fits_into_8_KiB()
    {
        var tutorial = Repository.At("cloud-init", "tutorial", "cluster.yaml");
        Assert.All(Generation.Run(tutorial, keepSecrets: false).Nodes, n => Assert.InRange(n.Size, 1, 8192));
        Assert.Contains("8,1", (await Run.Of("generate", tutorial, "-o", Out)).Error);
    }
}
