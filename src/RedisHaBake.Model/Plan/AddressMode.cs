using System.Text.Json.Serialization;

namespace RedisHaBake.Model.Plan;

/// <summary>How the write and the read address are kept.</summary>
[JsonConverter(typeof(WordEnumConverter<AddressMode>))]
public enum AddressMode
{
    /// <summary>No extra addresses: the nodes' own serve.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>keepalived moves them between the proxies.</summary>
    [JsonStringEnumMemberName("floating")] Floating,

    /// <summary>They stay on one node, as in the tutorial, for providers that tie an address to a VM.</summary>
    [JsonStringEnumMemberName("pinned")] Pinned,
}
