namespace RedisHaBake.Lab.Rootfs;

/// <summary>An archive beside the distribution's that the engine comes from.</summary>
/// <param name="Address">Its base URL.</param>
/// <param name="Key">Its signing key, ASCII-armoured.</param>
/// <param name="Preferences">apt preferences that pin the engine's major version.</param>
public sealed record EngineArchive(string Address, string Key, string Preferences);
