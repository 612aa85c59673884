namespace RedisHaBake.Cli.Tests;

/// <summary>The worked examples under cloud-init/ are what the generator writes today.</summary>
public sealed class ExamplesTests
{
    public static TheoryData<string> Examples => [.. Directory.GetDirectories(Repository.At("cloud-init")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_equals_the_generators_output(string example)
    {
        var directory = Repository.At("cloud-init", example);
        var generation = Generation.Run(Path.Combine(directory, "cluster.yaml"), keepSecrets: false);

        Assert.All(generation.Problems, p => Assert.Equal("W222", p.Code));
        Assert.True(generation.Succeeded);
        foreach (var node in generation.Nodes)
        {
            Assert.Equal(Text(node.Node + ".user-data"), node.UserData);
            Assert.Equal(Text(node.Node + ".meta-data"), node.MetaData);
            Assert.Equal(Text(node.Node + ".network-config"), node.NetworkConfig);
        }

        string Text(string file) => File.ReadAllText(Path.Combine(directory, file));
    }
}
