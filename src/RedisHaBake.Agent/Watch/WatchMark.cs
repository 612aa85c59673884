using System.Security.Cryptography;
using System.Text;
using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Watch;

/// <summary>
/// Says that the watch of this boot runs. Left behind by a process that was killed, it makes the next one go on watching at once instead of
/// going through the steps again: those would take seconds, and would start what an operator has stopped meanwhile.
/// </summary>
public sealed class WatchMark(AgentContext agent)
{
    /// <summary>The file; gone with the boot.</summary>
    public const string File = "/run/redishabake/watching";

    /// <summary>Whether a watch of this boot ended without being stopped, and the plan is still the one that it watched by.</summary>
    public bool IsLeft => agent.Root.Exists(BootReport.ReadyFile) && agent.Root.Read(File) is { } kept && kept == Content();

    /// <summary>Puts it there.</summary>
    public void Put() => agent.Root.Write(File, Content());

    /// <summary>Takes it away: whoever starts the service next wants the steps.</summary>
    public void Remove() => agent.Root.Delete(File);

    private string Content() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(agent.Root.Read(PlanFile.Path) ?? "")));
}
