using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Page;

/// <summary>The two extra private addresses.</summary>
internal static class ExtraStep
{
    private const string Id = "addresses";

    /// <summary>The spec says them.</summary>
    public static PageStep Now(ClusterSpec spec)
    {
        var both = spec.Addresses.HasWrite && spec.Addresses.HasRead;
        var (them, stay) = both ? ("them", "they stay") : ("it", "it stays");
        return new(Id, $"Acquire the {(both ? "two extra private addresses" : "extra private address")}", Html.Of($"""
            <p>On the page of {Holder(spec)} in the portal, acquire {(both ? "these as further private IPs" : "this as a further private IP")}, so that no other VM gets {them}. Change nothing inside the VM: {(
                spec.Addresses.Mode == AddressMode.Pinned ? $"the agent puts {them} on {Holder(spec)}, where {stay}" : $"the agent moves {them} between the proxies, and tries once whether your provider lets it")}.</p>
            <dl class="order">{One("Write address", spec.Addresses.Write)}{One("Read address", spec.Addresses.Read)}</dl>
            """));
    }

    /// <summary>They come later, or never.</summary>
    public static PageStep Later(ClusterSpec spec, LateFields late) => new(Id, "Acquire two extra private addresses, or leave it", Html.Of($"""
        <p>One leads clients to the master, one to the replicas, wherever these are. Acquire them as further private IPs on the page of {Holder(spec)} in the portal. Without them clients use any VM’s own address, port {spec.Ports.Write} for writes and {spec.Ports.Read} for reads.</p>
        {Html.Join(late.All.Where(f => !f.IsNode).Select(f => LateInput.Of(f, f.Name == LateFields.Write ? "Write address" : "Read address", "A private IP that no VM has as its own.")))}
        <p>A text that you copy from now on carries them. Where all VMs are created already, say them once, on any one of them; it tells the others, and tries them:</p>
        <pre class="command"><code>sudo redishabake-agent addresses --write {late.Written(LateFields.Write, "", "ADDRESS")} --read {late.Written(LateFields.Read, "", "ADDRESS")}</code></pre>
        """));

    private static string Holder(ClusterSpec spec)
        => spec.Addresses.Mode == AddressMode.Pinned ? spec.Addresses.PinnedTo : spec.Nodes.First(n => n.Roles.Contains(NodeRole.Haproxy)).Name;

    private static Html One(string what, string address) => address != Words.None ? Html.Of($"<div><dt>{what}</dt><dd><code>{address}</code></dd></div>\n") : Html.None;
}
