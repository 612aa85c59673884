using System.Text;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot;

/// <summary>
/// Where a person who logs in, looks at the VM's console, or ran a command at a terminal, sees what the node waits for: a motd
/// fragment that vanishes at a reboot (pam_motd(8)), the console, the terminal; and why it failed. The journal has it from whoever
/// waits or fails.
/// </summary>
public sealed class NoticeBoard(AgentContext agent)
{
    /// <summary>The motd fragment.</summary>
    public const string File = "/run/motd.d/redishabake";

    private const string Console = "/dev/console";

    /// <summary>Puts a sentence up.</summary>
    public void Put(string sentence)
    {
        Write(sentence);
        agent.Terminal?.WriteLine($"    {sentence}");
        SayOnConsole(sentence);
    }

    /// <summary>Puts up why the boot sequence failed; the terminal has it from the journal. Never fails itself.</summary>
    public void PutFailure(string sentence)
    {
        try
        {
            Write(sentence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            agent.Journal.Say(Severity.Debug, $"{File} could not be written: {e.Message}");
        }

        SayOnConsole(sentence);
    }

    /// <summary>Takes the sentence down.</summary>
    public void Clear() => agent.Root.Delete(File);

    private void Write(string sentence)
        => agent.Root.Write(File, $"redishabake: {agent.Plan.Node}: {sentence}\nredishabake: more with `redishabake-agent status`\n");

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
