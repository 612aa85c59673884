using System.Text.RegularExpressions;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>
/// Every file of the plan but the kernel's. redis.conf and sentinel.conf are not compared: both servers write there themselves, so
/// the one is written anew before each start of Redis, the other seeded before a start of Sentinel (the units' hooks).
/// </summary>
public sealed partial class FilesStep(AgentContext agent, EngineTrial trial) : IStep
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private readonly ManagedFileSet _files = new(agent.Root);

    /// <inheritdoc/>
    public string Name => "files";

    private IReadOnlyList<ManagedFile> Files =>
        [.. ManagedFiles.For(agent.Plan, agent.Host).Where(f => f.Path is not SysctlConf.Path and not HugepagesConf.Path && f.Path != agent.Layout.ServerConfig)];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct)
    {
        var differences = _files.Compare(Files).ToList();
        foreach (var unit in NodeUnits.Of(agent.Plan, agent.Layout))
        {
            // Of a masked unit systemd reads no files, and so always says that they changed; its own step says what is wrong.
            if (await agent.Systemd.GetAsync(unit, ct) is { NeedDaemonReload: true, IsMasked: false })
                differences.Add(new(unit, "systemd knows its files", "they changed on disk since systemd read them"));
        }

        differences.AddRange(OpenToOthers().Select(f => new Difference(f.Path, "a mode that shuts others out", "mode 0" + Convert.ToString((int)f.Mode, 8))));
        if (!PlanFile.IsKept(agent.Root, agent.Plan))
        {
            differences.Add(new(PlanFile.LastGood, "this plan, for the hooks", agent.Root.Exists(PlanFile.LastGood) ? "another" : "none"));
            differences.AddRange(await trial.RejectedAsync(ct));
        }

        return differences;
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(CancellationToken ct)
    {
        // All are judged before the first is written: a rejected one shall change nothing. A plan that is kept was judged when it came.
        var files = Files.Where(f => _files.Compare(f) is not null).ToList();
        if (!PlanFile.IsKept(agent.Root, agent.Plan) && await trial.RejectedAsync(ct) is { Count: > 0 } rejected)
            throw new MachineException(string.Join("; ", rejected));
        foreach (var file in files)
            await RefuseRejectedAsync(file, ct);
        foreach (var file in files)
            _files.Write(file);

        foreach (var (path, mode) in OpenToOthers().ToList())
            File.SetUnixFileMode(agent.Root.At(path), mode & ~Others);
        PlanFile.Keep(agent.Root, agent.Plan);
        await agent.Systemd.DaemonReloadAsync(ct);
    }

    // What holds passwords and is not compared: the servers' own files, and the plan itself.
    private IEnumerable<(string Path, UnixFileMode Mode)> OpenToOthers()
        => from path in (string[])[PlanFile.Path, agent.Layout.ServerConfig, agent.Layout.SentinelConfig]
           let mode = agent.Root.Status(path)?.Mode
           where (mode & Others) > 0
           select (path, mode.Value);

    // The program itself judges the new text before it replaces the old, so that a bad one never stands where a restart finds it.
    // HAProxy with -V: the text says "quiet", and without it what is wrong would not be said either.
    private async Task RefuseRejectedAsync(ManagedFile file, CancellationToken ct)
    {
        (string Program, string[] Options) judge;
        if (file.Path == HaproxyCfg.Path)
            judge = (HostFactsFinder.Haproxy, ["-c", "-V", "-f"]);
        else if (file.Path == KeepalivedConf.Path)
            judge = (HostFactsFinder.Keepalived, ["-t", "-f"]);
        else if (file.Path == FirewallNft.Path)
            judge = (FirewallNft.Program, ["-c", "-f"]);
        else
            return;
        var candidate = file with { Path = file.Path + ".candidate" };
        try
        {
            _files.Write(candidate);
            var verdict = await agent.Programs.RunAsync(judge.Program, [.. judge.Options, agent.Root.At(candidate.Path)], ct);
            if (verdict.ExitCode != 0)
            {
                // HAProxy names its process, another one at each try: the same problem would be said as a new one.
                var words = ProcessNumber().Replace(verdict.Words, " ").Replace(agent.Root.At(candidate.Path), file.Path, StringComparison.Ordinal);
                throw new MachineException(
                    $"{file.Path}: expected a text that {Path.GetFileName(judge.Program)} accepts, it says: {words}; the old file stands; correct the spec's extra lines and generate again");
            }
        }
        finally
        {
            agent.Root.Delete(candidate.Path);
        }
    }

    [GeneratedRegex(@"\s+\(\d+\)\s+(?=:)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProcessNumber();
}
