namespace RedisHaBake.Image.Tests;

/// <summary>The image for every role, baked once by Packer for the tests that need it, on a base that is kept from run to run.</summary>
public sealed class BakedImage : IAsyncLifetime
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(25);

    /// <summary>The image.</summary>
    public string Path { get; } = System.IO.Path.Combine(Bash.Images, "all-bookworm", "redishabake-all-bookworm.qcow2");

    /// <summary>The base that it was baked on.</summary>
    public string Base { get; } = System.IO.Path.Combine(Bash.Images, "base-bookworm.qcow2");

    /// <summary>What the build said.</summary>
    public string Story { get; private set; } = "";

    public ValueTask InitializeAsync()
    {
        Cluster.Tests.LabGround.Require();
        var inputs = Directory.CreateTempSubdirectory("redishabake-inputs-").FullName;
        try
        {
            Bash.Must($"dotnet=$(.make/find-dotnet); \"$dotnet\" '{System.IO.Path.Combine(AppContext.BaseDirectory, "redishabake.dll")}' image --quiet cloud-init/lab/cluster.yaml -o '{inputs}'");
            Story = Bash.Must($".make/image all '{inputs}/all.pkrvars.hcl' '{Cluster.Tests.LabGround.AgentPackage}' '{Bash.Images}'", _limit);
            TestContext.Current.SendDiagnosticMessage(Story);
        }
        finally
        {
            Directory.Delete(inputs, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
