using System.Globalization;
using RedisHaBake.Agent.Journal;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Systemd;

namespace RedisHaBake.Agent.Hooks;

/// <summary>
/// Lets a Redis or Sentinel wait that ends again and again just after its start, such as one with a corrupt file: systemd would start it
/// up to four times a second for ever, and with Redis a join. The first starts are never held up, nor one by a person. (systemd's own RestartSteps= came with 254;
/// Ubuntu 22.04 has 249, Debian 12 has 252.)
/// </summary>
/// <param name="agent">The machine.</param>
/// <param name="unit">The unit that starts.</param>
public sealed class QuickStarts(AgentContext agent, string unit)
{
    // How many starts in a row there are, and when the last was; it vanishes at a reboot.
    private readonly string _file = $"/run/redishabake/{unit}.starts";

    private const int Free = 5;
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Waits before the start if it must, and counts it.</summary>
    public async Task WaitAsync(CancellationToken ct)
    {
        var count = InARow();
        // Asked only where it would wait: a start needs no answer of systemd's.
        if (count >= Free && !await IsAutomaticAsync(ct))
            count = 0;
        if (count >= Free)
        {
            var wait = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(count, 30) - Free)));
            agent.Journal.Say(
                Severity.Warning,
                $"{unit} ended {count} times in a row within {Quick.TotalSeconds:0} s of its start; the next start waits {wait.TotalSeconds:0} s; "
                    + $"what it said last: journalctl -u {unit} -n 20; when the cause is gone: systemctl restart {unit}",
                (Field.Unit, unit), (Field.Node, agent.Plan.Node));
            await Task.Delay(wait, agent.Clock, ct);
        }

        try
        {
            agent.Root.Write(_file, string.Create(CultureInfo.InvariantCulture, $"{count + 1} {agent.Clock.GetUtcNow().ToUnixTimeMilliseconds()}\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It shall start all the same; doctor says that /run is full.
        }
    }

    private async Task<bool> IsAutomaticAsync(CancellationToken ct)
    {
        try
        {
            return (await agent.Systemd.GetAsync(unit, ct)).Restarts > 0;
        }
        catch (SystemdException)
        {
            return false;
        }
    }

    private int InARow()
    {
        if ((agent.Root.Read(_file) ?? "").Split(' ') is not [var count, var at]
            || !int.TryParse(count, CultureInfo.InvariantCulture, out var starts) || !long.TryParse(at, CultureInfo.InvariantCulture, out var last))
            return 0;
        var since = agent.Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(last);
        return since >= TimeSpan.Zero && since < Quick ? starts : 0;
    }
}
