using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Boot.Steps;

/// <summary>From now on systemd starts the services at every boot by itself; the agent only checks.</summary>
public sealed class EnableStep(AgentContext agent) : IStep
{
    /// <inheritdoc/>
    public string Name => "enable";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Difference>> CheckAsync(CancellationToken ct)
        => [.. (await DisabledAsync(ct)).Select(unit => new Difference(unit, "enabled at boot", "disabled"))];

    /// <inheritdoc/>
    public async Task ApplyAsync(CancellationToken ct) => await agent.Systemd.EnableAsync(await DisabledAsync(ct), ct);

    private async Task<IReadOnlyList<string>> DisabledAsync(CancellationToken ct)
    {
        List<string> disabled = [];
        foreach (var unit in NodeUnits.Of(agent.Plan, agent.Layout))
        {
            if (!(await agent.Systemd.GetAsync(unit, ct)).IsEnabled)
                disabled.Add(unit);
        }

        return disabled;
    }
}
