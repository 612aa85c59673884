namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>A unit of the fake systemd.</summary>
internal sealed class FakeUnit
{
    public bool Active { get; set; }

    public bool Enabled { get; set; }

    /// <summary>Whether it is being started and has not said yet that it is.</summary>
    public bool Starting { get; set; }

    /// <summary>Whether a person forbade its start; what runs goes on.</summary>
    public bool Masked { get; set; }

    public DateTimeOffset? Started { get; set; }

    /// <summary>The drop-in that systemd has read; a start uses this one, whatever stands on disk.</summary>
    public string? KnownDropIn { get; set; }

    /// <summary>The drop-in that the running process was started with.</summary>
    public string? StartedWith { get; set; }

    /// <summary>How often it was started again because it had ended by itself.</summary>
    public int Restarts { get; set; }

    /// <summary>Why its next start fails, or empty.</summary>
    public string Fails { get; set; } = "";
}
