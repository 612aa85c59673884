using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>
/// How often health is asked, and how long an answer may take. HAProxy waits for a check's connection no longer than its interval, so where
/// pauses of seconds are no failures a short one would take servers away, and addresses with them, that are only slow.
/// </summary>
/// <param name="Servers">HAProxy's intervals for a server that is up, in doubt, and down.</param>
/// <param name="Peers">The same for the other proxies.</param>
/// <param name="Answer">HAProxy's time-out of a check's answer. A hung master must be marked down before down-after has passed.</param>
/// <param name="ScriptIntervalS">keepalived's interval of a check script, in seconds.</param>
/// <param name="ScriptTimeoutS">keepalived's time-out of a check script, in seconds: it counts the start of two programs, too.</param>
/// <param name="ScriptArgument">How long the script itself waits, where that is not its own 0.8 s: a little less than keepalived does.</param>
/// <param name="Settled">
/// Answers in a row until a Sentinel that was not reached counts as reached where nobody is named yet: three seconds. A stale master is
/// demoted 2.2 s after the heal, and a machine's neighbours come back up to a second apart (ARP asks once a second).
/// </param>
/// <param name="SideFall">Scripts in a row that say that the side is not served: about four seconds.</param>
internal sealed record CheckPace(string Servers, string Peers, string Answer, int Settled, int ScriptIntervalS, int ScriptTimeoutS, string ScriptArgument, int SideFall)
{
    private const int PatientFromMs = 5000;

    private static readonly CheckPace _quick = new("inter 100ms fastinter 100ms downinter 50ms", "inter 500ms fastinter 500ms downinter 500ms", "1s", 30, 1, 1, "", 4);

    private static readonly CheckPace _patient = new("inter 500ms fastinter 250ms downinter 250ms", "inter 1s fastinter 1s downinter 1s", "1500ms", 12, 2, 3, " 2.8", 2);

    /// <summary>The one that goes with a cluster's down-after.</summary>
    public static CheckPace Of(FailoverPlan failover) => failover.DownAfterMs < PatientFromMs ? _quick : _patient;
}
