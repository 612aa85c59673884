using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Addresses;

/// <summary>What the one move of the floating addresses showed, in a file that outlives reboots: later boots only repeat it.</summary>
public static class TrialRecord
{
    /// <summary>One line: what is wrong, or that nothing is.</summary>
    public const string File = "/var/lib/redishabake/addresses-moved";

    private const string Fine = "they moved";

    /// <summary>Whether they were moved, with whatever result.</summary>
    public static bool Exists(MachineRoot root) => root.Exists(File);

    /// <summary>What was wrong; null where nothing was, or nobody tried here.</summary>
    public static string? Problem(MachineRoot root) => root.Read(File)?.TrimEnd('\n') is { Length: > 0 } text && text != Fine ? text : null;

    /// <summary>Keeps the result.</summary>
    public static void Write(MachineRoot root, string? problem) => root.Write(File, (problem ?? Fine) + "\n");
}
