namespace RedisHaBake.Model.Render;

/// <summary>What only the machine itself knows and the rendered texts depend on. The generator's preview assumes it from the spec.</summary>
/// <param name="Address">The node's own private address.</param>
/// <param name="Interface">The interface that carries it.</param>
/// <param name="EngineVersion">Version of the installed server, such as 7.0.15.</param>
/// <param name="HaproxyVersion">Version of the installed HAProxy, such as 2.6.12.</param>
/// <param name="LifeMark">What this node shows of its past to its peers, through redis.conf: <see cref="RedisConf.Blank"/> or what its life mark says.</param>
public sealed record HostFacts(string Address, string Interface, Version EngineVersion, Version HaproxyVersion, string LifeMark);
