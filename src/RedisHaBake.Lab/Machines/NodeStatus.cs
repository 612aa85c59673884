namespace RedisHaBake.Lab.Machines;

/// <summary>How far a machine is, as this computer can see without asking anything of it.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Address">Its address.</param>
/// <param name="IsOn">Whether it runs.</param>
/// <param name="IsReady">Whether its agent has written the ready stamp of this boot.</param>
/// <param name="Doing">What it does or waits for, in the agent's words; empty when there is nothing to say.</param>
public sealed record NodeStatus(string Node, string Address, bool IsOn, bool IsReady, string Doing)
{
    /// <summary>off, booting or ready.</summary>
    public string State => !IsOn ? "off" : IsReady ? "ready" : "booting";
}
