namespace RedisHaBake.Model.Render;

/// <summary>One SENTINEL SET after SENTINEL MONITOR.</summary>
/// <param name="Option">The option's name, such as down-after-milliseconds.</param>
/// <param name="Value">Its value; may be a password.</param>
public sealed record SentinelSetting(string Option, string Value)
{
    /// <summary>The option only: the value may be a password.</summary>
    public override string ToString() => $"SentinelSetting {{ {Option} }}";
}
