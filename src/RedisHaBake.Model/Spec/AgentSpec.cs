namespace RedisHaBake.Model.Spec;

/// <summary>Where a VM gets the agent's .deb from.</summary>
/// <param name="Baked">Whether the image already carries packages and agent.</param>
/// <param name="Urls">http(s) URLs of the .deb, tried in order; empty when baked.</param>
/// <param name="Sha256">The .deb's SHA-256, 64 hex digits; empty when baked.</param>
public sealed record AgentSpec(bool Baked, IReadOnlyList<string> Urls, string Sha256);
