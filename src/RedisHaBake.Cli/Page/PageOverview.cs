namespace RedisHaBake.Cli.Page;

/// <summary>The picture, and who talks to whom.</summary>
internal static class PageOverview
{
    public static Html Of(Generation generation, LateFields late)
    {
        var spec = generation.Spec!;
        var connections = Connection.Of(spec, late);
        return Html.Of($"""
            <section aria-labelledby="cluster">
            <h2 id="cluster">What you will have</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Picture of the cluster">{Picture.Of(spec, late)}</div>
            <details><summary>Who talks to whom: the ports to open in a firewall of your provider’s</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Ports">
            <table class="ports"><thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">TCP port</th><th scope="col">For</th></tr></thead><tbody>
            {Html.Join(connections.Select(c => Html.Of($"<tr><td>{c.From}</td><td>{c.To}</td><td>{c.Port}</td><td>{c.Why}</td></tr>\n")))}</tbody></table></div>
            </details>
            </section>
            """);
    }
}
