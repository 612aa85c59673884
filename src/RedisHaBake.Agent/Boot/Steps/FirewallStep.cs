using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>
/// The firewall stands in the kernel before anything listens; where the plan has none, one of an earlier plan goes, its table, unit
/// and files.
/// </summary>
public sealed class FirewallStep(AgentContext agent) : IStep
{
    private readonly ServiceStep _service = new(agent, "firewall", FirewallNft.Unit, FirewallNft.Path, []);

    /// <inheritdoc/>
    public string Name => "firewall";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct)
    {
        if (!agent.Plan.Firewall.Enabled)
            return await LeftoversAsync(ct);
        var differences = await _service.CheckAsync(ct);
        return differences.Count > 0 || await IsLoadedAsync(ct)
            ? differences
            : [new($"table inet {FirewallNft.Table}", "loaded", "not in the kernel: somebody flushed it")];
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(CancellationToken ct)
    {
        if (!agent.Plan.Firewall.Enabled)
        {
            await RemoveAsync(ct);
            return;
        }

        await _service.ApplyAsync(ct);
        if (!await IsLoadedAsync(ct))
            await agent.Systemd.ReloadOrRestartAsync(FirewallNft.Unit, ct);
    }

    private async Task<bool> IsLoadedAsync(CancellationToken ct)
        => (await agent.Programs.RunAsync(FirewallNft.Program, ["list", "table", "inet", FirewallNft.Table], ct)).ExitCode == 0;

    private async Task<IReadOnlyList<Difference>> LeftoversAsync(CancellationToken ct)
    {
        List<Difference> differences = [];
        foreach (var file in (string[])[FirewallNft.DropInPath, FirewallNft.UnitPath, FirewallNft.Path])
        {
            if (agent.Root.Exists(file))
                differences.Add(new(file, "no file: the plan has no firewall", "one of an earlier plan"));
        }

        if ((await agent.Systemd.GetAsync(FirewallNft.Unit, ct)).IsActive)
            differences.Add(new(FirewallNft.Unit, "stopped: the plan has no firewall", "running"));
        return differences;
    }

    // The unit's stop deletes the table, once nothing loads it again. The rules go last, so that an interrupted removal is noticed by the
    // next run.
    private async Task RemoveAsync(CancellationToken ct)
    {
        var unit = await agent.Systemd.GetAsync(FirewallNft.Unit, ct);
        agent.Root.Delete(FirewallNft.DropInPath);
        if (unit.IsActive)
            await agent.Systemd.StopAsync(FirewallNft.Unit, ct);
        if (unit.IsEnabled)
            await agent.Systemd.DisableAsync([FirewallNft.Unit], ct);
        agent.Root.Delete(FirewallNft.UnitPath);
        await agent.Systemd.DaemonReloadAsync(ct);
        agent.Root.Delete(FirewallNft.Path);
    }
}
