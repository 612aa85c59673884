using RedisHaBake.Agent.Boot;

namespace RedisHaBake.Agent.Doctor;

/// <summary>What to do about a step that failed, by the words of the failure: pure.</summary>
public static class Remedy
{
    private const string ThenItGoesOn = $"then it goes on by itself within 30 s (at once: systemctl restart {NodeUnits.Agent})";

    /// <summary>The next action.</summary>
    /// <param name="failure">The step's sentence.</param>
    /// <param name="known">What its differences say that a person can do; may be empty.</param>
    /// <param name="isTriedAgain">Whether the agent tries the step again by itself; it does not on a node that was ready and has changed since.</param>
    public static string Of(string failure, IReadOnlyList<string> known, bool isTriedAgain)
    {
        bool Says(string words) => failure.Contains(words, StringComparison.OrdinalIgnoreCase);
        var action = known.Count > 0 ? string.Join("; ", known)
            : Says("read-only file system") ? "dmesg | tail: why it is read-only (a disk with errors, a mount of somebody's); then mount -o remount,rw on that file system"
            : Says("no space left") ? "df -h and df -i of the path that is named: free some space there, or attach a larger disk"
            : Says("permission denied") ? "ls -ld of the path that is named: give it back to root"
            : Says("'s address ") && Says("correct the spec and generate again") ? "ip -4 address: where the interface has lost it, give it back (netplan apply, or a reboot; in the portal, attach the private network again)"
            : Says("did not start") ? $"do what the unit's own words above ask for; all of them: journalctl -u {Unit(failure)} -n 50"
            : Says("the old file stands") ? "correct the spec's extra lines, generate again, and put the new text on this VM"
            : $"what it expected and found is said above; the story so far: journalctl -u {NodeUnits.Agent} -n 50";
        return $"{action}; {(isTriedAgain ? ThenItGoesOn : "then look again: redishabake-agent doctor")}";
    }

    // "x.service did not start: …", with whatever stands before it.
    private static string Unit(string failure)
        => failure[..failure.IndexOf("did not start", StringComparison.OrdinalIgnoreCase)].Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(w => w.EndsWith(".service", StringComparison.Ordinal)) ?? NodeUnits.Agent;

    /// <summary>The next action about a plan that cannot be used.</summary>
    public static string OfPlan(string problem)
        => problem.Contains("this agent reads", StringComparison.Ordinal)
            ? $"install the redishabake-agent that belongs to the generator (apt-get install ./redishabake-agent_VERSION_amd64.deb), then: systemctl restart {NodeUnits.Agent}"
            : $"correct {Machine.PlanFile.Path} (generate it again from the spec), then: systemctl restart {NodeUnits.Agent}";
}
