using System.Text.Json.Nodes;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Tests;

/// <summary>generate, secrets, init and preview as an operator meets them.</summary>
public sealed class GenerateTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("redishabake-test-").FullName;

    private string Spec => Path.Combine(directory, "cluster.yaml");

    private string Secrets => Path.Combine(directory, "cluster.secrets.yaml");

    private string Out => Path.Combine(directory, "out");

    public void Dispose() => Directory.Delete(directory, recursive: true);

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
    public async Task No_password_is_ever_printed_and_peoples_passwords_leave_as_hashes_only()
    {
        await Init();
        File.WriteAllText(Secrets, "users:\n  app: \"p a#ss $w\\\\örd %[x] 'q' \\\"d\\\"\"\n");
        var said = "";
        foreach (var command in (string[][])[["secrets", Spec], ["validate", Spec], ["preview", Spec], ["generate", Spec, "-o", Out], ["generate", Spec, "-o", Out, "--output", "json"]])
        {
            var run = await Run.Of(command);
            Assert.Equal(ExitCode.Good, run.Code);
            said += run.Output + run.Error;
        }

        var plan = Generation.Run(Spec).Nodes[0].Plan;
        foreach (var password in Passwords(plan.Secrets))
            Assert.DoesNotContain(password, said);
        Assert.DoesNotContain("örd", said);
        Assert.DoesNotContain("rd %[x]", File.ReadAllText(Path.Combine(Out, "redis-a.user-data")));
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("p a#ss $w\\örd %[x] 'q' \"d\""))),
            plan.Users[0].PasswordSha256);
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

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("123")]
    public async Task A_user_name_that_YAML_takes_for_something_else_is_read_back_from_the_secrets_file(string user)
    {
        await Init();
        File.AppendAllText(Spec, $"\nusers:\n- {{name: \"{user}\", rights: \"~x:* +@read\"}}\n");
        Assert.Equal(ExitCode.Good, (await Run.Of("secrets", Spec)).Code);

        var run = await Run.Of("generate", Spec, "-o", Out);

        Assert.True(run.Code == ExitCode.Good, run.Error);
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
    public async Task A_persons_own_lines_in_the_secrets_file_stay_when_others_are_added()
    {
        await Init();
        File.WriteAllText(Secrets, "# kept in the vault too\nusers:\n    app: correct-horse-battery   # the shop's\n");
        File.WriteAllText(Spec, File.ReadAllText(Spec) + "users:\n  - {name: ops, rights: \"~* +@all\"}\n");
        Assert.Equal(ExitCode.Good, (await Run.Of("secrets", Spec)).Code);

        var text = File.ReadAllText(Secrets);
        Assert.Contains("# kept in the vault too\nusers:\n", text);
        Assert.Contains("    app: correct-horse-battery   # the shop's\n", text);
        Assert.Contains("    \"ops\": \"", text.Replace("    ops:", "    \"ops\":"));
        Assert.Contains("internal:\n", text);
        Assert.Contains(": complete", (await Run.Of("secrets", Spec)).Error);
        Assert.Equal(text, File.ReadAllText(Secrets));
    }

    [Fact]
    public async Task A_secrets_file_that_others_could_read_is_taken_from_their_eyes()
    {
        await Init();
        await Run.Of("generate", Spec, "-o", Out);
        File.SetUnixFileMode(Secrets, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Equal(ExitCode.Pending, (await Run.Of("generate", Spec, "-o", Out, "--check")).Code);
        var run = await Run.Of("generate", Spec, "-o", Out);
        Assert.Contains("warning[W605]", run.Error);
        Assert.Contains("cluster.secrets.yaml: made private (0600)\n", run.Error);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Secrets));
    }

    [Fact]
    public async Task An_empty_secrets_file_is_filled_and_its_comments_stay()
    {
        await Init();
        foreach (var nothing in (string[])["", "\n", "# the vault's\n", "---\n"])
        {
            File.WriteAllText(Secrets, nothing);
            Assert.Equal(ExitCode.Good, (await Run.Of("secrets", Spec)).Code);
            Assert.Contains("internal:\n", File.ReadAllText(Secrets));
            Assert.StartsWith(nothing.Trim(), File.ReadAllText(Secrets));
            Assert.Contains(": complete", (await Run.Of("secrets", Spec)).Error);
        }
    }

    [Fact]
    public async Task A_secrets_file_behind_a_link_is_kept_where_it_is()
    {
        await Init();
        var vault = Path.Combine(Directory.CreateDirectory(Path.Combine(directory, "vault")).FullName, "shop.yaml");
        File.CreateSymbolicLink(Secrets, vault);
        Assert.Equal(ExitCode.Good, (await Run.Of("secrets", Spec)).Code);
        Assert.Equal(vault, new FileInfo(Secrets).LinkTarget);
        Assert.Contains("internal:\n", File.ReadAllText(vault));
    }

    [Fact]
    public async Task Texts_on_standard_output_keep_their_secrets_and_say_so()
    {
        await Init();
        var run = await Run.Of("generate", Spec, "-o", "-");
        Assert.Equal($"{Secrets}: passwords made (0600); keep this file\n", run.Error);
        Assert.True(File.Exists(Secrets));
    }

    [Fact]
    public async Task Two_clusters_do_not_share_a_directory()
    {
        await Init();
        await Run.Of("generate", Spec, "-o", Out);
        var other = Path.Combine(directory, "other.yaml");
        File.WriteAllText(other, File.ReadAllText(Spec).Replace("name: redis\n", "name: other\n").Replace("name: redis-c", "name: redis-d"));

        var refused = await Run.Of("generate", other, "-o", Out);

        Assert.Equal(ExitCode.Fault, refused.Code);
        Assert.Contains($"error: {Out} holds the texts of cluster redis, made with other passwords than those in {directory}/other.secrets.yaml; expected a directory of this cluster's own", refused.Error);
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
        Assert.Equal(ExitCode.Fault, (await Run.Of("validate", "--strict", Spec)).Code);
        Assert.Contains("error[E293]", (await Run.Of("generate", Spec, "-o", Out)).Error);
        Assert.False(Directory.Exists(Out) || File.Exists(Secrets));
    }

    [Theory]
    [InlineData("E105", "--name", "Shop")]
    [InlineData("E203", "--node", "a=10.0.0.1")]
    [InlineData("E210", "--write", "10.10.90.37")]
    [InlineData("E223", "--node", "a=10.10.90.1", "--node", "b=10.10.90.2")]
    public async Task Init_writes_no_spec_that_validate_would_refuse(string code, params string[] options)
    {
        var run = await Run.Of(["init", Spec, .. options]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains($"error[{code}]", run.Error);
        Assert.Contains($"error: {Spec} is not written", run.Error);
        Assert.Empty(Directory.GetFileSystemEntries(directory));
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
    [InlineData("generate", "--bogus")]
    [InlineData("generat")]
    [InlineData("validate", "")]
    [InlineData("generate", "cluster.yaml", "-o", "")]
    [InlineData("init", "")]
    [InlineData("validate", "one.yaml", "two.yaml")]
    [InlineData("validate", "--output", "xml")]
    [InlineData("completion", "csh")]
    [InlineData("init", "--node", "redis-a")]
    [InlineData("generate", "-o", "-", "--check")]
    [InlineData("lab", "upp")]
    public async Task Wrong_usage_is_64_with_a_line_that_says_why(params string[] args)
    {
        var run = await Run.Of(args);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith("error: ", run.Error);
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
        File.CreateSymbolicLink(Out, Path.Combine(directory, "nowhere"));
        Assert.Equal($"error: {Out} is a link to {directory}/nowhere, where nothing is; expected a directory, or a name that is still free\n", (await Run.Of("generate", Spec, "-o", Out, "--quiet")).Error);
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

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("lab", "--help")]
    [InlineData("generate", "-h")]
    public async Task A_question_about_the_program_is_answered(params string[] args)
    {
        var run = await Run.Of(args);
        Assert.Equal((ExitCode.Good, ""), (run.Code, run.Error));
        Assert.NotEmpty(run.Output);
    }

    [Theory]
    [InlineData("error: there is no command generat; did you mean generate?", "generat")]
    [InlineData("error: there is no command upp; did you mean up?", "lab", "upp")]
    [InlineData("error: a command is missing; expected one of init, validate, ", "-q")]
    [InlineData("error: there is no option --ceck; did you mean --check?", "generate", "a.yaml", "--ceck")]
    [InlineData("error: b.yaml is one argument too many", "validate", "a.yaml", "b.yaml")]
    public async Task Wrong_usage_names_what_is_wrong_once(string said, params string[] args)
    {
        var run = await Run.Of(args);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith(said, run.Error);
        Assert.Equal(2, run.Error.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task Wrong_usage_is_json_too_where_json_is_asked_for()
    {
        var run = await Run.Of("validate", "a.yaml", "b.yaml", "--output", "json");
        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Error));
        Assert.Contains("b.yaml", (string)JsonNode.Parse(run.Output)!["error"]!);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("generate")]
    [InlineData("preview")]
    [InlineData("secrets")]
    public async Task Json_is_one_document_with_its_formats_version_also_of_what_is_wrong(string command)
    {
        await Init();
        var good = JsonNode.Parse((await Run.Of([command, Spec, "--output", "json", .. Target(command)])).Output)!.AsObject();
        Assert.Equal(1, (int)good["format"]!);
        File.AppendAllText(Spec, "colour: red\n");
        var run = await Run.Of([command, Spec, "--output", "json", .. Target(command)]);
        var problem = JsonNode.Parse(run.Output)!["problems"]![0]!;
        Assert.Equal(ExitCode.Fault, run.Code);
        Assert.Equal("", run.Error);
        Assert.Equal(("E101", "colour", 1), ((string)problem["code"]!, (string)problem["path"]!, (int)problem["column"]!));

        string[] Target(string c) => c == "generate" ? ["-o", Out] : [];
    }

    [Fact]
    public async Task Quiet_says_only_what_is_wrong()
    {
        await Init();
        var run = await Run.Of("generate", Spec, "-o", Out, "--quiet");
        Assert.Equal(("", ""), (run.Output, run.Error));
    }

    [Fact]
    public async Task Init_does_not_overwrite_a_spec()
    {
        await Init();
        Assert.Equal(ExitCode.Fault, (await Run.Of("init", Spec)).Code);
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
        Assert.Contains("warning[W290]", (await Run.Of("validate", Spec)).Error);
        foreach (var command in (string[])["validate", "preview", "secrets"])
            Assert.Equal(ExitCode.Good, (await Run.Of(command, Spec)).Code);
        File.AppendAllText(Spec, "\nbaked: true\n");
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

    private static IEnumerable<string> Passwords(SecretPlan secrets)
        => [secrets.Agent, secrets.HealthCheck, secrets.Replication, secrets.SentinelToRedis, secrets.SentinelToSentinel, secrets.Stats];

    // With a checksum that a file may have, instead of the starter's placeholder.
    private async Task Init()
    {
        Assert.Equal(ExitCode.Good, (await Run.Of("init", Spec)).Code);
        File.WriteAllText(Spec, File.ReadAllText(Spec).Replace(new string('0', 64), new string('a', 64)));
    }
}
