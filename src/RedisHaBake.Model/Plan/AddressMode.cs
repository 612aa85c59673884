using System.Text.Json.Serialization;

namespace RedisHaBake.Model.Plan;

/// <summary>How the write and the read address are kept.</summary>
[JsonConverter(typeof(AddressModeConverter))]
public enum AddressMode
{
    /// <summary>No extra addresses: the nodes' own serve.</summary>
    None,

    /// <summary>keepalived moves them between the proxies.</summary>
    Floating,

    /// <summary>They stay on one node, as in the tutorial, for providers that tie an address to a VM.</summary>
    Pinned,
}
