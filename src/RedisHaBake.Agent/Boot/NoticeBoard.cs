using System.Text;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot;

/// <summary>
/// Where a person who logs in, looks at the VM's console, or ran a command at a terminal, sees what the node waits for: a motd
/// fragment that vanishes at a reboot (pam_motd(8)), the console, the terminal. The journal has it from whoever waits.
/// </summary>
public sealed class NoticeBoard(AgentContext agent)
{
    /// <summary>The motd fragment.</summary>
    public const string File = "/run/motd.d/redishabake";

    private const string Console = "/dev/console";

    /// <summary>Puts a sentence up.</summary>
    public void Put(string sentence)
    {
        agent.Root.Write(File, $"redishabake: {agent.Plan.Node}: {sentence}\nredishabake: more with `redishabake-agent status`\n");
        agent.Terminal?.WriteLine($"    {sentence}");
        SayOnConsole(sentence);
    }

    /// <summary>Takes the sentence down.</summary>
    public void Clear() => agent.Root.Delete(File);

    private void SayOnConsole(string sentence)
    {
        if (!agent.Root.Exists(Console))
            return;
        // Not waited for: opening a serial console without a carrier may block for ever.
        _ = Task.Run(() =>
        {
            try
            {
                using var console = new FileStream(agent.Root.At(Console), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                console.Write(Encoding.UTF8.GetBytes($"redishabake: {agent.Plan.Node}: {sentence}\r\n"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A VM without a console: the sentence stands in the journal and the motd.
            }
        });
    }
}
