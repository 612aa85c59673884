using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E290 to E299: where a VM gets the agent from.</summary>
internal static class AgentRules
{
    public static void Check(RuleContext context)
    {
        if (!context.Sound(SpecPath.Of("agent")) || !context.Sound(SpecPath.Of("baked")))
            return;
        var agent = context.Spec.Agent;
        if (agent.Baked && (agent.Urls.Count > 0 || agent.Sha256.Length > 0))
        {
            context.Add(
                "W292",
                SpecPath.Of("agent"),
                "a baked image carries the agent: it is not downloaded",
                "no `agent` with `baked: true`",
                "remove one of the two");
        }
        else if (!agent.Baked && agent.Urls.Count == 0)
        {
            context.Add(
                context.HandsOut ? "E290" : "W290",
                SpecPath.Of("agent.url"),
                "a stock image has no redishabake-agent and nothing says where to get it" + (context.HandsOut ? "" : ", and `generate` will refuse"),
                "`agent.url` and `agent.sha256`, or `baked: true`",
                "put redishabake-agent_*.deb, which comes with this program (in its source: `make deb`), on a web server that the VMs reach and write its URL, or bake an image and say `baked: true`");
        }
        else if (!agent.Baked && agent.Sha256.Length == 0)
        {
            context.Add(
                "E291",
                SpecPath.Of("agent.sha256"),
                "nothing says which file the agent's URL must give",
                "the .deb's SHA-256",
                "write what `sha256sum redishabake-agent_*.deb` prints");
        }
        else if (!agent.Baked && agent.Sha256.All(c => c == '0'))
        {
            context.Add(
                context.HandsOut ? "E293" : "W293",
                SpecPath.Of("agent.sha256"),
                "this is the starter's placeholder, which no file has: no VM would ever take the agent" + (context.HandsOut ? "" : "; `generate` will refuse it"),
                "the .deb's SHA-256",
                "write what `sha256sum redishabake-agent_*.deb` prints, and the .deb's own URL beside it");
        }
    }
}
