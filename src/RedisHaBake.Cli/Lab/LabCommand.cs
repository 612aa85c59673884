using System.CommandLine;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab: the cluster on real machines of one's own computer.</summary>
public static class LabCommand
{
    /// <summary>The command with all its verbs.</summary>
    public static Command Create() => new("lab", "Try the cluster on this computer: real machines, booted by the texts that would be pasted (root).")
    {
        TourCommand.Create(),
        UpCommand.Create(),
        StatusCommand.Create(),
        ExecCommand.Create(),
        LogsCommand.Create(),
        ClientCommand.Create(),
        FailCommand.Create(),
        HealCommand.Create(),
        BootCommand.Create(),
        RecordCommand.Create(),
        DrillCommand.Create(),
        DownCommand.Create(),
    };
}
