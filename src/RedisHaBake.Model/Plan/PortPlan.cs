namespace RedisHaBake.Model.Plan;

/// <summary>TCP ports, 1 to 65535, no two alike on one address.</summary>
/// <param name="Redis">Redis on a node's own address, and HAProxy on the write and the read address (6379).</param>
/// <param name="Sentinel">Sentinel on a node's own address (26379).</param>
/// <param name="Write">HAProxy on a node's own address, to the master (6380).</param>
/// <param name="Read">HAProxy on a node's own address, to the synced replicas (6381).</param>
/// <param name="Stats">HAProxy's stats page on a node's own address (8080).</param>
/// <param name="Health">HAProxy's health answers for the other proxies, on a node's own address (6382).</param>
/// <param name="Gate">The first of HAProxy's loopback-only gate ports, one per data node (9101).</param>
public sealed record PortPlan(int Redis, int Sentinel, int Write, int Read, int Stats, int Health, int Gate);
