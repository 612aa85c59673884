using RedisHaBake.Lab;

namespace RedisHaBake.Cli.Lab;

/// <summary>Finds the agent's .deb that the lab bakes in.</summary>
internal static class AgentPackage
{
    private static readonly string[] _directories = [Path.Combine(AppContext.BaseDirectory, ".."), AppContext.BaseDirectory, "artifacts"];

    /// <summary>The .deb that was asked for, or the newest beside this program.</summary>
    /// <param name="asked">A path, or empty.</param>
    /// <exception cref="LabException">There is none.</exception>
    public static string Find(string asked)
    {
        if (asked.Length > 0)
            return File.Exists(asked) ? Path.GetFullPath(asked) : throw new LabException($"the agent's package {asked} does not exist; expected the redishabake-agent_*_amd64.deb that comes with this program (in its source: make deb)");
        return _directories
            .Where(Directory.Exists)
            .SelectMany(d => Directory.GetFiles(d, "redishabake-agent_*_amd64.deb"))
            .Select(Path.GetFullPath)
            .OrderByDescending(File.GetLastWriteTimeUtc)
            .FirstOrDefault()
            ?? throw new LabException($"no redishabake-agent_*_amd64.deb in {string.Join(", ", _directories.Select(Path.GetFullPath).Select(d => d.TrimEnd('/')).Distinct())}; expected the one that comes with this program; name it with --agent, or, in the source's directory, build it: make deb");
    }
}
