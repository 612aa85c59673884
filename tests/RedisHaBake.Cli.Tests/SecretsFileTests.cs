using RedisHaBake.Cli.Files;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Tests;

/// <summary>The file of passwords: made once, kept private, never shown.</summary>
public sealed class SecretsFileTests : SpecDirectory
{
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
    public async Task A_secrets_file_that_a_person_began_is_filled_and_one_that_was_cut_off_is_not()
    {
        await Init();
        foreach (var blank in (string[])["", "\n"])
        {
            File.WriteAllText(Secrets, blank);
            Assert.Equal(ExitCode.Fault, (await Run.Of("secrets", Spec)).Code);
            Assert.Equal(blank, File.ReadAllText(Secrets));
        }

        foreach (var nothing in (string[])["# the vault's\n", "---\n"])
        {
            File.WriteAllText(Secrets, nothing);
            Assert.Equal(ExitCode.Good, (await Run.Of("secrets", Spec)).Code);
            Assert.Contains("internal:\n", File.ReadAllText(Secrets));
            Assert.StartsWith(nothing.Trim(), File.ReadAllText(Secrets));
            Assert.Contains(": complete", (await Run.Of("secrets", Spec)).Error);
        }
    }

    [Fact]
    public async Task Readmes_command_prints_the_password()
    {
        await Init();
        await Run.Of("secrets", Spec);
        var command = File.ReadLines(Repository.At("README.md")).Single(l => l.StartsWith("    sed -n", StringComparison.Ordinal)).Trim();
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("bash", ["-c", command])
        {
            WorkingDirectory = Path.GetDirectoryName(Secrets),
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var printed = (await shell.StandardOutput.ReadToEndAsync()).TrimEnd('\n');
        Assert.Matches("^[A-Za-z0-9]{32}$", printed);
        Assert.Contains(printed, File.ReadAllText(Secrets), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_at_the_same_time_agree_on_one_set_of_passwords()
    {
        await Init();
        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Run.Of("generate", Spec, "-o", Out + i, "--quiet"))));
        Assert.All(runs, run => Assert.Equal((ExitCode.Good, ""), (run.Code, run.Error)));
        foreach (var i in Enumerable.Range(0, 6))
            Assert.Equal(ExitCode.Good, (await Run.Of("generate", Spec, "-o", Out + i, "--check", "--quiet")).Code);
    }

    [Fact]
    public void Of_several_at_the_same_moment_one_makes_the_file()
    {
        for (var round = 0; round < 100; round++)
        {
            var path = Path.Combine(Here, $"file-{round}");
            using var start = new Barrier(4);
            var made = new bool[4];
            var threads = Enumerable.Range(0, 4).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                made[i] = AtomicFile.TryCreate(path, i.ToString(), AtomicFile.Private);
            })).ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());
            Assert.Equal(File.ReadAllText(path), Assert.Single(Enumerable.Range(0, 4), i => made[i]).ToString());
        }
    }

    [Fact]
    public async Task A_secrets_file_behind_a_link_is_kept_where_it_is()
    {
        await Init();
        var vault = Path.Combine(Directory.CreateDirectory(Path.Combine(Here, "vault")).FullName, "shop.yaml");
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

    private static IEnumerable<string> Passwords(SecretPlan secrets)
        => [secrets.Agent, secrets.HealthCheck, secrets.Replication, secrets.SentinelToRedis, secrets.SentinelToSentinel, secrets.Stats];
}
