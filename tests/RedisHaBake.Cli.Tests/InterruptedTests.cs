namespace RedisHaBake.Cli.Tests;

/// <summary>generate after a run that ended half-way: killed, or stopped by the disk.</summary>
public sealed class InterruptedTests : SpecDirectory
{
    [Fact]
    public async Task What_half_a_run_wrote_is_its_own_and_not_a_persons()
    {
        await Init();
        Assert.Equal(ExitCode.Good, (await Run.Of("generate", Spec, "-o", Out)).Code);
        Change("redis-b.user-data", File.Delete);
        Change("redis-b.user-data", f => Directory.CreateDirectory(f));
        File.WriteAllText(Spec, File.ReadAllText(Spec).Replace("memory: 2gb", "memory: 3gb"));
        var half = await Run.Of("generate", Spec, "-o", Out, "--force");
        Assert.Equal(ExitCode.Fault, half.Code);
        Assert.Contains("redis-b.user-data cannot be written", half.Error);

        Change("redis-b.user-data", Directory.Delete);
        File.WriteAllText(Spec, File.ReadAllText(Spec).Replace("memory: 3gb", "memory: 4gb"));
        var whole = await Run.Of("generate", Spec, "-o", Out);
        Assert.True(whole.Code == ExitCode.Good, whole.Error);
        Assert.Equal(ExitCode.Good, (await Run.Of("generate", Spec, "-o", Out, "--check")).Code);
    }

    [Fact]
    public async Task What_a_killed_run_left_goes_with_the_next_one()
    {
        await Init();
        await Run.Of("generate", Spec, "-o", Out);
        var left = Leave(Path.Combine(Out, ".redis-a.user-data.0123456789abcdef.tmp"), DateTime.UtcNow.AddMinutes(-1));
        var fresh = Leave(Path.Combine(Out, ".redis-b.user-data.0123456789abcdef.tmp"), DateTime.UtcNow.AddMinutes(1));
        var held = Leave(Path.Combine(Out, ".redis-c.user-data.0123456789abcdef.tmp"), DateTime.UtcNow.AddMinutes(-1));
        var secrets = Leave(Path.Combine(Here, ".cluster.secrets.yaml.0123456789abcdef.tmp"), DateTime.UtcNow.AddMinutes(-1));
        using (new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Equal(ExitCode.Good, (await Run.Of("generate", Spec, "-o", Out)).Code);
        Assert.Equal([false, true, true, false], new[] { left, fresh, held, secrets }.Select(File.Exists));
    }

    [Fact]
    public async Task A_run_that_changes_nothing_writes_nothing()
    {
        await Init();
        await Run.Of("generate", Spec, "-o", Out);
        var before = Directory.GetFiles(Out).ToDictionary(f => f, File.GetLastWriteTimeUtc);
        await Task.Delay(20, TestContext.Current.CancellationToken);
        await Run.Of("generate", Spec, "-o", Out);
        Assert.Equal(before, Directory.GetFiles(Out).ToDictionary(f => f, File.GetLastWriteTimeUtc));
    }

    private static string Leave(string path, DateTime time)
    {
        File.WriteAllText(path, "half a te");
        File.SetLastWriteTimeUtc(path, time);
        return path;
    }

    private void Change(string name, Action<string> how) => how(Path.Combine(Out, name));
}
