namespace RedisHaBake.Model.Spec;

/// <summary>The archive that the engine is installed from.</summary>
public enum EngineSource
{
    /// <summary>packages.redis.io, as in the tutorial.</summary>
    PackagesRedisIo,

    /// <summary>The distribution's own archive.</summary>
    Distribution,
}
