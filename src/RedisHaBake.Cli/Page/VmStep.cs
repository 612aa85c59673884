using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Page;

/// <summary>Creating one VM: what to choose in the portal, and the text to paste.</summary>
internal static class VmStep
{
    public static PageStep Of(ClusterSpec spec, NodeSpec node, NodeTexts texts, LateFields late)
        => new("vm-" + node.Name, $"Create {node.Name}", Html.Of($"""
            <dl class="order">
            {Html.Join(Choices(spec, node, late).Select(c => Html.Of($"<div><dt>{c.What}</dt><dd>{c.Choice}</dd></div>\n")))}</dl>
            <div class="paste" data-text="{node.Name}">
            <p class="paste-row"><button type="button" class="copy" aria-describedby="size-{node.Name}">Copy the user-data<span class="visually-hidden"> of {node.Name}</span></button>
            <span class="size" id="size-{node.Name}"><span data-bytes>{texts.Size:N0}</span> bytes<span data-verdict></span></span></p>
            {(late.All.Count > 0 ? Html.Of($"<p class=\"knows\"></p>\n") : Html.None)}<p class="said" role="status"></p>
            <div class="more">
            <details class="sizes"><summary>What providers take<span class="visually-hidden">, for {node.Name}</span></summary>{Sizes(spec, texts)}</details>
            <details class="text"><summary>Show the text<span class="visually-hidden"> of {node.Name}</span></summary>
            <p><button type="button" class="reveal" aria-pressed="false">Show its secrets</button></p>
            <pre tabindex="0" role="region" aria-label="User-data of {node.Name}"></pre></details>
            </div>
            </div>
            {Html.Join(late.All.Where(f => f.Name == node.Name).Select(f => LateInput.Of(f, $"Private address of {node.Name}, as the portal shows it", "The texts of the other VMs need it. It stays in this browser.")))}
            """));

    private static IEnumerable<(string What, Html Choice)> Choices(ClusterSpec spec, NodeSpec node, LateFields late)
    {
        var size = VmSize.Of(node);
        var first = node.Name == (spec.Via ?? spec.Nodes[0].Name);
        yield return ("Name", Html.Of($"<code>{node.Name}</code>"));
        yield return ("Image", Html.Of($"{(spec.Agent.Baked ? "the one that you baked, " : "")}{SystemTitle(spec.Os)}"));
        yield return ("vCPU", Html.Of($"{size.Cpus}"));
        yield return ("RAM", Html.Of($"{size.Memory}"));
        yield return ("Disk", Html.Of($"{size.DiskGb} GB"));
        yield return ("Public IP", first ? Html.Of($"yes, to log in and to reach the others{(spec.Via is null ? "" : ", which install through it")}")
            : spec.Via is { } via ? Html.Of($"no; it installs through {via}")
            : spec.Agent.Baked ? Html.Of($"no") : Html.Of($"no, but a way to the internet, to install packages"));
        yield return ("Private IP", node.Address == Words.Auto ? Html.Of($"one in {spec.Cidr}, as the portal gives it") : Html.Of($"<code>{node.Address}</code> in {spec.Cidr}"));
        yield return ("User-data", Html.Of($"the text below"));
    }

    // Names of limits, not of this VM: the script keeps the rooms up to date.
    private static Html Sizes(ClusterSpec spec, NodeTexts texts) => Html.Of($"""
        <table><thead><tr><th scope="col">Provider</th><th scope="col">Takes, bytes</th><th scope="col">Used</th></tr></thead><tbody>
        {Html.Join(Provider.All.Select(p => Html.Of($"""
            <tr data-limit="{p.Limit}"{(p.Word == spec.Provider.Word ? Html.Of($" class=\"yours\"") : Html.None)}><th scope="row">{p.Title}</th><td>{p.Limit:N0}</td><td><meter min="0" max="{p.Limit}" value="{texts.Size}" aria-label="Used at {p.Title}"></meter> <span data-share>{100.0 * texts.Size / p.Limit:0} %</span></td></tr>

            """)))}</tbody></table>
        """);

    /// <summary>Ubuntu 22.04 for ubuntu-22.04.</summary>
    public static string SystemTitle(Model.Spec.OperatingSystem os) => char.ToUpperInvariant(os.Name[0]) + os.Name[1..].Replace('-', ' ');
}
