namespace RedisHaBake.Image.Tests;

/// <summary>The tests that share one baked image.</summary>
[CollectionDefinition(Name)]
public sealed class SharedImage : ICollectionFixture<BakedImage>
{
    public const string Name = "image";
}
