using System.Text.Json.Serialization;

namespace RedisHaBake.Agent.Status;

/// <summary>One service of this node.</summary>
/// <param name="Name">The systemd unit.</param>
/// <param name="State">Its state in systemd's words, such as "active (running)".</param>
/// <param name="Running">Whether it runs.</param>
/// <param name="Enabled">Whether it starts at boot.</param>
public sealed record UnitStatus(string Name, string State, bool Running, bool Enabled)
{
    /// <summary>Whether somebody forbade its start (systemctl mask); it may still run.</summary>
    [JsonIgnore]
    public bool IsMasked { get; init; }

    /// <summary>Why systemd could not be asked; empty where it answered.</summary>
    public string Unknown { get; init; } = "";
}
