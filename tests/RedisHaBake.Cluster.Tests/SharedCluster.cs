namespace RedisHaBake.Cluster.Tests;

/// <summary>The tests that share one booted cluster.</summary>
[CollectionDefinition(Name)]
public sealed class SharedCluster : ICollectionFixture<TutorialCluster>
{
    public const string Name = "tutorial";
}
