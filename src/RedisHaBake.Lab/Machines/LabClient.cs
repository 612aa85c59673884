using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Machines;

/// <summary>How an application reaches the cluster.</summary>
/// <param name="Write">The write address, or <see cref="Words.None"/>: then a node's own proxy port serves.</param>
/// <param name="Read">The read address, or <see cref="Words.None"/>.</param>
/// <param name="Port">Port of both, and of Redis on each node.</param>
/// <param name="WritePort">Port of each node's proxy to the master.</param>
/// <param name="StatsPort">Port of each node's statistics page.</param>
/// <param name="User">The application's user.</param>
/// <param name="Password">Its password.</param>
/// <param name="KeyPrefix">What its keys must begin with; empty for any.</param>
public sealed record LabClient(string Write, string Read, int Port, int WritePort, int StatsPort, string User, string Password, string KeyPrefix = "")
{
    /// <summary>A lab whose machines have no Redis.</summary>
    public static LabClient None { get; } = new(Words.None, Words.None, 6379, 6380, 8080, "", "");

    /// <summary>Everything but the password.</summary>
    public override string ToString() => $"{User}@{Write}:{Port}";
}
