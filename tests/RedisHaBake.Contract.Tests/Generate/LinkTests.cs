using RedisHaBake.Contract.Tests.Render;

namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>Files that are links, named as a person does who stands beside them.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("redishabake-test-").FullName;

    private static string Cli => Path.Combine(AppContext.BaseDirectory, "redishabake");

    [Fact]
    public void Secrets_that_are_kept_elsewhere_stay_there()
    {
        Directory.CreateDirectory(At("vault"));
        Assert.Equal(0, Run("init", "cluster.yaml").ExitCode);
        File.CreateSymbolicLink(At("cluster.secrets.yaml"), "vault/secrets");

        var (code, output) = Run("secrets", "cluster.yaml");

        Assert.True(code == 0, output);
        Assert.Equal("vault/secrets", new FileInfo(At("cluster.secrets.yaml")).LinkTarget);
        Assert.Contains("app", File.ReadAllText(At("vault/secrets")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_that_is_a_link_to_something_is_never_followed()
    {
        File.WriteAllText(At("precious"), "mine\n");
        File.CreateSymbolicLink(At("redishabake.schema.json"), "precious");

        var (code, output) = Run("init", "--force", "cluster.yaml");

        Assert.Equal(1, code);
        Assert.Contains("is a link to precious", output, StringComparison.Ordinal);
        Assert.Equal("mine\n", File.ReadAllText(At("precious")));
        Assert.False(File.Exists(At("cluster.yaml")));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string At(string name) => Path.Combine(_directory, name);

    private (int ExitCode, string Output) Run(params string[] arguments) => RealProgram.Run("env", ["-C", _directory, Cli, .. arguments]);
}
