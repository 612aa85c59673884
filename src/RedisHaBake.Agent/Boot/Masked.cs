using RedisHaBake.Agent.Systemd;

namespace RedisHaBake.Agent.Boot;

/// <summary>What a unit that somebody masked means to a person. The agent does not unmask: whoever did it had a reason.</summary>
public static class Masked
{
    /// <summary>The difference from the plan, or null where <paramref name="unit"/> is not masked.</summary>
    public static Difference? Of(UnitState unit) => unit.IsMasked ? new(unit.Name, "not masked", "masked", WayOut(unit.Name)) : null;

    /// <summary>What a person does about it.</summary>
    public static string WayOut(string unit) => $"systemctl unmask {unit}";
}
