using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Boot;

/// <summary>
/// Lets the real server and the real Sentinel judge the plan's texts before any of it is kept: each reads its text as its own user, in
/// a private directory that is gone afterwards, and ends by itself within a moment. What runs beside it is not touched.
/// </summary>
public sealed class EngineTrial(AgentContext agent)
{
    private const string Directories = "/run/redishabake";
    private const string Prefix = "trial.";

    // Of util-linux, which every Debian and Ubuntu has; unlike su and runuser it opens no session.
    private const string SetPriv = "/usr/bin/setpriv";

    private IReadOnlyList<Difference>? _rejected;

    /// <summary>Whether a text has been tried and rejected.</summary>
    public bool HasRejected => _rejected is { Count: > 0 };

    /// <summary>What the programs reject of the texts of the agent's plan; empty where they accept all. Each is tried once.</summary>
    /// <exception cref="MachineException">A program cannot be run.</exception>
    public async Task<IReadOnlyList<Difference>> RejectedAsync(CancellationToken ct) => _rejected ??= await TryAsync(ct);

    private async Task<IReadOnlyList<Difference>> TryAsync(CancellationToken ct)
    {
        var (self, layout) = (agent.Plan.Self, agent.Layout);
        List<Difference> rejected = [];
        if (self.Has(NodeRole.Redis)
            && await RunAsync(layout.ServerBinary, RedisConf.Render(agent.Plan, agent.Host), ConfigTrial.Server, UsersAcl.File(agent.Plan, agent.Host).Content, ConfigTrial.ServerAccepts, ct) is { } server)
            rejected.Add(Rejected(layout.ServerConfig, layout.ServerBinary, server));
        if (self.Has(NodeRole.Sentinel)
            && await RunAsync(layout.SentinelBinary, SentinelConf.Render(agent.Plan, agent.Host), ConfigTrial.Sentinel, SentinelAcl.File(agent.Plan, agent.Host).Content, ConfigTrial.SentinelAccepts, ct) is { } sentinel)
            rejected.Add(Rejected(layout.SentinelConfig, layout.SentinelBinary, sentinel));
        return rejected;
    }

    private static Difference Rejected(string file, string program, string words) => new(
        file, $"a text that {Path.GetFileName(program)} accepts", words, "the old file stands; correct the spec's extra lines and generate again");

    // Null where the program accepts the text, else its words.
    private async Task<string?> RunAsync(string program, string text, Func<string, string, string> trial, string users, string accepts, CancellationToken ct)
    {
        var directory = $"{Directories}/{Prefix}{Environment.ProcessId}";
        var user = agent.Layout.User;
        RemoveLeftovers();
        try
        {
            agent.Root.MakePrivate(directory, user);
            agent.Root.Write(directory + "/" + ConfigTrial.DataFile, ConfigTrial.NoData, "0600", user, user);
            agent.Root.Write(directory + "/" + ConfigTrial.UsersFile, users, "0600", user, user);
            agent.Root.Write(directory + "/conf", trial(text, agent.Root.At(directory)), "0600", user, user);
            var result = await agent.Programs.RunAsync(SetPriv, ["--reuid", user, "--regid", user, "--init-groups", program, agent.Root.At(directory + "/conf")], ct);
            var said = result.Error + "\n" + result.Output;
            return said.Contains(accepts, StringComparison.Ordinal) ? null : EngineWords.Of(said, $"nothing, with exit code {result.ExitCode}").Replace(agent.Root.At(directory) + "/", "", StringComparison.Ordinal);
        }
        finally
        {
            agent.Root.DeleteDirectory(directory);
        }
    }

    // Of a process that was killed in the middle: they hold passwords.
    private void RemoveLeftovers()
    {
        foreach (var name in agent.Root.Directories(Directories).Where(d => d.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            if (!Directory.Exists("/proc/" + name[Prefix.Length..]))
                agent.Root.DeleteDirectory($"{Directories}/{name}");
        }
    }
}
