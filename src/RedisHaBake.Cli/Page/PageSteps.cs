using RedisHaBake.Cli.CloudInit;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Page;

/// <summary>What to do, in order.</summary>
internal static class PageSteps
{
    public static IEnumerable<PageStep> Of(Generation generation, LateFields late)
    {
        var spec = generation.Spec!;
        if (!spec.Agent.Baked)
            yield return Agent(spec);
        // Whoever lets the others out comes first where its address is to be looked up: their texts need it.
        foreach (var (node, texts) in spec.Nodes.Zip(generation.Nodes).OrderBy(n => generation.Nodes.Any(t => AptProxy.Via(t.Plan) is { Address: Words.Auto } via && via.Name != n.First.Name) && n.First.Name != spec.Via))
            yield return VmStep.Of(spec, node, texts, late);
        if (late.HasExtra)
            yield return ExtraStep.Later(spec, late);
        else if (spec.Addresses.HasWrite || spec.Addresses.HasRead)
            yield return ExtraStep.Now(spec);
        yield return Look(generation);
        yield return Connect(spec, late);
    }

    private static PageStep Agent(ClusterSpec spec) => new("agent", "Put the agent where the VMs find it", Html.Of($"""
        <p>Each VM downloads it while it boots. Upload the .deb of <code>make deb</code>, then open {(spec.Agent.Urls.Count > 1 ? "one of these addresses" : "this address")} in another window: it must download.</p>
        <ul class="plain">{Html.Join(spec.Agent.Urls.Select(u => Html.Of($"<li><code class=\"long\">{u}</code></li>")))}</ul>
        <p>Its SHA-256, which each VM checks: <code class="long">{spec.Agent.Sha256}</code></p>
        """));

    private static PageStep Look(Generation generation)
    {
        var spec = generation.Spec!;
        var plan = generation.Nodes.First(n => n.Node == spec.InitialMaster).Plan;
        var moves = spec.Addresses is { Mode: AddressMode.Floating } and ({ HasWrite: true } or { HasRead: true });
        return new("look", "See that it worked", Html.Of($"""
            <p>{(spec.Agent.Baked ? "A minute" : "Some minutes, most of them for packages,")} after the last VM was created, log in to {plan.Node} and read what the agent did:</p>
            <pre class="command"><code>sudo journalctl -u 'redishabake*' -o cat</code></pre>
            <p>Among its lines are these, in this order. Most of them go on, with how long it took.</p>
            <pre class="lines" tabindex="0" role="region" aria-label="Lines to expect on {plan.Node}">{Html.Join(FirstBoot.Lines(plan, UserData.PlanPath).Select(l => Html.Of($"{l}\n")))}</pre>
            <p>Then ask the cluster as a whole, on any VM, and have it write and read{(moves ? ", and move its addresses once" : "")}:</p>
            <pre class="command"><code>sudo redishabake-agent status
            sudo redishabake-agent verify{(moves ? " --move-addresses" : "")}</code></pre>
            """));
    }

    private static PageStep Connect(ClusterSpec spec, LateFields late)
    {
        var user = spec.Users[0].Name;
        var proxy = spec.Nodes.FirstOrDefault(n => n.Roles.Contains(NodeRole.Haproxy));
        var (host, port) = spec.Addresses.HasWrite ? (Html.Of($"{spec.Addresses.Write}"), spec.Ports.Redis)
            : proxy is not null ? (late.Written(proxy.Name, proxy.Address, "ADDRESS"), spec.Ports.Write)
            : (late.Written(spec.InitialMaster, spec.Nodes.First(n => n.Name == spec.InitialMaster).Address, "ADDRESS"), spec.Ports.Redis);
        var through = late.HasExtra ? Html.Of($"\nredis-cli -h {late.Written(LateFields.Write, "", "ADDRESS")} -p {spec.Ports.Redis} --user {user} --askpass   # the write address") : Html.None;
        return new("connect", "Connect your application", Html.Of($"""
            <p>Its user is <code>{user}</code>; the password stands in the secrets file beside your spec, and in none of these texts. From {(spec.Firewall.Enabled ? "a machine that firewall.clients names" : $"a machine in {spec.Cidr}")}:</p>
            <pre class="command"><code>redis-cli -h {host} -p {port} --user {user} --askpass{through}</code></pre>
            <p>Clients should reconnect when a connection breaks, at once and for as long as it takes: that is all that a failover asks of them.</p>
            """));
    }
}
