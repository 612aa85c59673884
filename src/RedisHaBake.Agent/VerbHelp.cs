namespace RedisHaBake.Agent;

/// <summary>What <c>VERB --help</c> prints.</summary>
public static class VerbHelp
{
    private const string Json = "  --output json   one JSON document with its \"format\"; the same exit code\n";

    private static readonly Dictionary<string, (string Arguments, string What, string Details)> Verbs = new(StringComparer.Ordinal)
    {
        ["status"] = ("[--output json]", "this node and the cluster as seen from here; works when half of the cluster is down", Json + "exit: 0; the state itself is in what it prints"),
        ["doctor"] = ("[--output json]", "what is wrong, the cause first, and what to do about it; changes nothing", Json + "exit: 0 nothing is wrong, 1 something is"),
        ["plan"] = ("[--output json]", "what differs from /etc/redishabake/node.json; changes nothing", Json + "exit: 0 nothing differs, 2 something does, 78 the plan cannot be used"),
        ["apply"] = ("", "make the machine what the plan says, once, and wait until it is ready", "exit: 0 ready, 1 a step failed: it is said which and why, and nothing after it was touched"),
        ["run"] = ("", "apply, again until it succeeds, then watch; what redishabake-agent.service runs", ""),
        ["watch"] = ("", "the second half of run alone", ""),
        ["switchover"] = ("[--to NODE]", "make another node master, losing no write; from any node", "  --to NODE       that one; else the replica that is best in step\nexit: 0 done, 1 not, and the master is as before"),
        ["verify"] = ("[--move-addresses] [--output json]", "write, read and remove a key as a client would", "  --move-addresses  and really move the floating addresses once: connections break for up to a second\n" + Json + "exit: 0 all of it went through, 1 it did not"),
        ["bootstrap"] = ("--without NODE [--without NODE]", "make a new cluster although that data node does not come", "Only at the very first boot; refused where the node answers, a Sentinel names a master, or any node holds data.\nexit: 0 this node is master, 1 refused or not yet"),
        ["addresses"] = ("[--write ADDRESS|none] [--read ADDRESS|none]", "give, change or take the extra addresses of a living cluster; once, on any node", "For clusters whose spec left them for later. Floating ones are really moved once: connections break for up to a second.\nexit: 0 they serve and move, 1 refused, or not"),
        ["replace"] = ("NODE", "say that the VM of NODE died and was created anew with another address; once, on any living node", "Refused while the old machine answers. Its text names a living VM: redishabake generate --known LIVING=ADDRESS.\nexit: 0 kept, and the others learn it; 1 refused"),
        ["recover"] = ("--from NODE", "go on with the data of this node, NODE, where the master is gone for good and nobody was in sync with it", "The others keep their own datasets aside, in redishabake-kept beside their data.\nexit: 0 done, 1 refused"),
        ["join"] = ("", "find out what this node's Redis shall be; what redishabake-join.service runs", ""),
        ["hook"] = ("NAME", "around the start and the stop of Redis and Sentinel; called by systemd", ""),
        ["schema"] = ("", "the newest plan schema that this agent reads", ""),
    };

    /// <summary>The help of <paramref name="verb"/>; null where there is no such verb.</summary>
    public static string? Of(string verb)
    {
        if (!Verbs.TryGetValue(verb, out var help))
            return null;
        return $"{Usage(verb)}\n{help.What}\n" + (help.Details.Length > 0 ? "\n" + help.Details.TrimEnd('\n') + "\n" : "");
    }

    /// <summary>One line: how <paramref name="verb"/> is called.</summary>
    public static string Usage(string verb) => $"usage: redishabake-agent {verb} {Verbs[verb].Arguments}".TrimEnd();
}
