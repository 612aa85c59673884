using RedisHaBake.Agent.Cluster;
using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Machine;

/// <summary>Looks at the machine for what the rendered texts depend on.</summary>
public sealed class HostFactsFinder(MachineRoot root, IPrograms programs)
{
    /// <summary>Where the distributions put HAProxy.</summary>
    public const string Haproxy = "/usr/sbin/haproxy";

    /// <summary>Where the distributions put keepalived.</summary>
    public const string Keepalived = "/usr/sbin/keepalived";

    /// <summary>The facts. A program that the node's roles do not need has version 0.0.</summary>
    /// <param name="plan">What the machine shall be.</param>
    /// <param name="forHook">Whether Redis or Sentinel waits for it: then a broken HAProxy, which neither needs, has version 0.0 too.</param>
    /// <param name="ct">Ends the looking.</param>
    /// <exception cref="MachineException">An address or a program that the roles need is not here.</exception>
    public async Task<HostFacts> FindAsync(NodePlan plan, bool forHook, CancellationToken ct = default)
    {
        var layout = EngineLayout.For(plan.Engine.Kind);
        var self = plan.Self;
        var own = IpAddresses.Own(plan, await new IpAddresses(programs).ListAsync(ct));
        var engine = self.Has(NodeRole.Redis) ? await VersionAsync(layout.ServerBinary, "--version", ct)
            : self.Has(NodeRole.Sentinel) ? await VersionAsync(layout.SentinelBinary, "--version", ct)
            : new(0, 0);
        var haproxy = self.Has(NodeRole.Haproxy) && !forHook ? await VersionAsync(Haproxy, "-v", ct) : new(0, 0);
        return new(own.Address, own.Interface, engine, haproxy, new LifeMark(root, plan).Word.ToString());
    }

    /// <summary>The first number of the form 7.0.15 that <paramref name="file"/> prints.</summary>
    public async Task<Version> VersionAsync(string file, string option, CancellationToken ct = default)
    {
        var result = await programs.RunAsync(file, [option], ct);
        return result.ExitCode == 0 && FirstVersion(result.Output + result.Error) is { } version
            ? version
            : throw new MachineException($"`{file} {option}` names no version: {result.Words}; install its package again");
    }

    private static Version? FirstVersion(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
                continue;
            var end = i;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
                end++;
            if (Version.TryParse(text[i..end].Trim('.'), out var version))
                return version;
            i = end;
        }

        return null;
    }
}
