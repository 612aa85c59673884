namespace RedisHaBake.Model.Render;

/// <summary>
/// A server's or Sentinel's text in a form in which the real program reads all of it and ends by itself, without having served anybody
/// or touched any data: neither has an option that only checks. Lines appended here overrule those of the text, whose line numbers stay.
/// </summary>
public static class ConfigTrial
{
    /// <summary>The data file that ends the server after it has read its configuration, modules and users: not one that it can load.</summary>
    public const string DataFile = "dump.rdb";

    /// <summary>What stands in <see cref="DataFile"/>.</summary>
    public const string NoData = "not a data file\n";

    /// <summary>The users' file in the directory of the trial.</summary>
    public const string UsersFile = "users.acl";

    /// <summary>What a server (Redis 7.0 to 8, Valkey 7.2 to 8) says last when it has found nothing wrong.</summary>
    public const string ServerAccepts = "Fatal error loading the DB";

    /// <summary>What a Sentinel says last when it has found nothing wrong: it does not look at its users before. So does a server that has nothing to listen on.</summary>
    public const string SentinelAccepts = "Configured to not listen anywhere";

    /// <summary>Whether a server would run code of somebody else's on these lines, even where it only reads them.</summary>
    public static bool RunsCode(IReadOnlyList<string> lines) => Spec.Rules.SettingRules.LoadsModules(lines);

    /// <summary>The server's text for a trial in <paramref name="directory"/>, a private one that is thrown away.</summary>
    public static string Server(string text, string directory) => Overruled(text, directory)
        // Redis 7.0 looks for unknown names with a dot only after it has something to listen on.
        .Line($"unixsocket {directory}/socket")
        .Line($"dbfilename {DataFile}")
        .Line("appendonly no")
        .ToString();

    /// <summary>
    /// The server's text for a trial in which nothing is opened to anybody: it ends with <see cref="SentinelAccepts"/>. Of modules and users it may
    /// have read nothing by then.
    /// </summary>
    public static string Silent(string text, string directory) => Overruled(text, directory).Line("unixsocket \"\"").Line("appendonly no").ToString();

    /// <summary>The same of Sentinel's text.</summary>
    public static string Sentinel(string text, string directory) => Overruled(text, directory).Line("unixsocket \"\"").ToString();

    // The server goes into its directory where it reads the line, not at the end: whoever tries the text may have no right to the real one.
    private static ConfigText Overruled(string text, string directory) => new ConfigText()
        .Lines(text.TrimEnd('\n').Split('\n').Select(l => l.StartsWith("dir ", StringComparison.Ordinal) ? $"dir {directory}" : l))
        .Line("port 0")
        // A build without TLS knows no such setting.
        .Lines(text.Contains("tls-port", StringComparison.OrdinalIgnoreCase) ? ["tls-port 0"] : [])
        .Line($"dir {directory}")
        .Line($"aclfile {directory}/{UsersFile}")
        .Line($"pidfile {directory}/pid")
        .Line("logfile \"\"")
        .Line("loglevel notice")
        .Line("daemonize no")
        .Line("supervised no");
}
