using System.Text.Json.Serialization;

namespace RedisHaBake.Model.Plan;

/// <summary>The two extra private addresses by which clients reach the cluster.</summary>
/// <param name="Mode">How they are kept.</param>
/// <param name="Write">Address of the master, or <see cref="Words.None"/>.</param>
/// <param name="Read">Address of the synced replicas, or <see cref="Words.None"/>.</param>
/// <param name="PinnedTo">The node that carries them when <see cref="AddressMode.Pinned"/>, else <see cref="Words.None"/>.</param>
public sealed record AddressPlan(AddressMode Mode, string Write, string Read, string PinnedTo)
{
    /// <summary>Whether clients have a moving (or pinned) write address.</summary>
    [JsonIgnore]
    public bool HasWrite => Write != Words.None;

    /// <summary>Whether clients have a moving (or pinned) read address.</summary>
    [JsonIgnore]
    public bool HasRead => Read != Words.None;
}
