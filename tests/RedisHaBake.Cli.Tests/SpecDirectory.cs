namespace RedisHaBake.Cli.Tests;

/// <summary>A directory of a test's own, for a spec and what is made of it.</summary>
public abstract class SpecDirectory : IDisposable
{
    protected string Here { get; } = Directory.CreateTempSubdirectory("redishabake-test-").FullName;

    protected string Spec => Path.Combine(Here, "cluster.yaml");

    protected string Secrets => Path.Combine(Here, "cluster.secrets.yaml");

    protected string Out => Path.Combine(Here, "out");

    public void Dispose()
    {
        Directory.Delete(Here, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The starter, with a checksum that a file may have instead of the placeholder.</summary>
    protected async Task Init()
    {
        Assert.Equal(ExitCode.Good, (await Run.Of("init", Spec)).Code);
        File.WriteAllText(Spec, File.ReadAllText(Spec).Replace(new string('0', 64), new string('a', 64)));
    }
}
