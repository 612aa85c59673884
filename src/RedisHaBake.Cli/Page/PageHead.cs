namespace RedisHaBake.Cli.Page;

/// <summary>What the page is, and that it is private.</summary>
internal static class PageHead
{
    private static readonly string[] Numbers = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

    public static Html Of(Generation generation, LateFields late)
    {
        var spec = generation.Spec!;
        return Html.Of($"""
            <header>
            <p class="brand">RedisHaBake</p>
            <h1>{spec.Name}</h1>
            <p class="lead">{Count(spec.Nodes.Count)} become a {(spec.Engine.Kind == Model.Plan.EngineKind.Valkey ? "Valkey" : "Redis")} cluster that fails over by itself. Create them in your provider’s portal, paste one text into each, and see some minutes later that all went well.</p>
            <p class="private"><strong>This file contains the cluster’s passwords.</strong> Keep it as private as a key, and delete it when you are done: <code>redishabake generate</code> writes the same again. It needs no network and sends nothing anywhere.</p>
            </header>
            """);
    }

    private static string Count(int nodes) => $"{(nodes < Numbers.Length ? Numbers[nodes] : $"{nodes}")} VM{(nodes == 1 ? "" : "s")}";
}
