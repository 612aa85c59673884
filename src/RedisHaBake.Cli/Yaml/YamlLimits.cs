namespace RedisHaBake.Cli.Yaml;

/// <summary>What a file may be at most, so that a hostile one costs neither time nor memory.</summary>
internal static class YamlLimits
{
    /// <summary>Bytes; a spec of a hundred nodes has 20 KiB.</summary>
    public const int Bytes = 1 << 20;

    /// <summary>Mappings and lists inside each other; the spec needs four.</summary>
    public const int Depth = 16;

    /// <summary>Values in all.</summary>
    public const int Values = 20_000;
}
