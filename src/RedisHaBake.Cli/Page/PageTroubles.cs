namespace RedisHaBake.Cli.Page;

/// <summary>What to do when it did not work.</summary>
internal static class PageTroubles
{
    public static Html Of(Generation generation, LateFields late)
    {
        var spec = generation.Spec!;
        var first = generation.Nodes[0].Node;
        return Html.Of($"""
            <section aria-labelledby="troubles">
            <h2 id="troubles">When it did not work</h2>
            <p>Ask the VM itself first. It says the cause before what follows from it, and what to do:</p>
            <pre class="command"><code>sudo redishabake-agent doctor</code></pre>
            <details><summary>There is no <code>redishabake-agent</code> on the VM</summary>
            {(spec.Agent.Baked
                ? Html.Of($"<p>The VM does not run the image that you baked. Create it again, with that image.</p>")
                : Html.Of($"""
                    <p>It is still being installed, or cannot be: the VM tries again every 5 seconds and says why in its journal and on its console.</p>
                    <pre class="command"><code>sudo journalctl -u redishabake-install -o cat -e</code></pre>
                    {(spec.Via is { } via ? Html.Of($"<p>“installs through {via}, which does not answer” means that {via} is not there yet, or that your provider’s firewall closes its port {spec.Egress.Port} to this VM. It goes on by itself.</p>\n") : Html.None)}<p>“no URL gave the agent with its SHA-256” means that the file at {(spec.Agent.Urls.Count > 1 ? "these addresses is" : "that address is")} missing or another one. Errors of apt mean that {(spec.Via ?? "the VM")} has no way to the internet. Mend that, and the VM goes on by itself.</p>
                    """))}
            </details>
            <details><summary>The VM knows nothing of it at all</summary>
            <p>Then the text did not arrive whole. Cloud-init says what it made of it, and the first line of what it got must be <code>#cloud-config</code>:</p>
            <pre class="command"><code>cloud-init status --long
            sudo head -n 3 /var/lib/cloud/instance/user-data.txt</code></pre>
            <p>Delete the VM and create it again, with the text as the button copies it. Portals take user-data only while a VM is created.</p>
            </details>
            <details><summary>A VM waits for another one</summary>
            <p>It says for which in <code>redishabake-agent status</code>, on its console and when you log in. Either that VM is not there yet, or your provider’s firewall lets nothing pass between them: the ports stand under the picture.</p>
            <p>If that VM cannot be had for now, the others go without it after 2 minutes, once you say so on the one that they name:</p>
            <pre class="command"><code>sudo redishabake-agent bootstrap --without NAME</code></pre>
            </details>
            {(spec.Addresses.Mode == Model.Plan.AddressMode.Floating ? Html.Of($"""
                <details><summary>The extra addresses answer on one VM only, or not at all</summary>
                <p>Some providers tie an address to one VM or drop VRRP. <code>redishabake-agent status</code> says so beside each address, and what to choose instead: <code>mode: pinned</code> in the spec, or clients that know the VMs’ own addresses, ports {spec.Ports.Write} and {spec.Ports.Read}.</p>
                </details>
                """) : Html.None)}
            {(late.All.Count > 0 ? Html.Of($"""
                <details><summary>A VM says that nobody is met yet</summary>
                <p>It names the address that its text sent it to. Either that VM is not there yet, and then it tries until it is, or the address is wrong: delete the new VM, correct the address in the step of the VM that has it, copy the text again, and create the VM with it.</p>
                </details>
                <details><summary>A VM died, and the portal gives its successor another address</summary>
                <p>The new VM’s text must know one that lives: clear the field of the dead VM, see to it that the address of a living one stands in its own field, copy the text again and create the VM with it. Then say on any living VM that the old address is history:</p>
                <pre class="command"><code>sudo redishabake-agent replace NAME</code></pre>
                </details>
                """) : Html.Of($"""
                <details><summary>The portal gave a VM another address than the spec says</summary>
                <p>Write the address that it gave into the spec, or <code>address: auto</code> where you cannot know it before, and generate again: every text changes. As long as no data is on them, delete all VMs and create them again from the new texts.</p>
                </details>
                """))}
            <details><summary>Start over</summary>
            <p>As long as no data is on them: delete all VMs, and begin with {first} again. The same texts serve again.</p>
            </details>
            </section>
            """);
    }
}
