using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E250 to E259: which server, from where.</summary>
internal static class EngineRules
{
    private const int NewestRedis = 8;

    public static void Check(RuleContext context)
    {
        if (!context.Sound(SpecPath.Of("engine")) || !context.Sound(SpecPath.Of("os")))
            return;
        var (engine, os) = (context.Spec.Engine, context.Spec.Os);
        if (engine.Source == EngineSource.PackagesRedisIo)
            FromRedisIo(context, engine);
        else
            FromDistribution(context, engine, os, engine.Kind == EngineKind.Redis ? os.Redis : os.Valkey);
    }

    private static void FromRedisIo(RuleContext context, EngineSpec engine)
    {
        if (engine.Kind == EngineKind.Valkey)
        {
            context.Add(
                "E253",
                SpecPath.Of("engine.source"),
                "packages.redis.io has no Valkey",
                "`distribution` for Valkey",
                "remove the line");
        }
        else if (engine.Major < 7)
        {
            TooOld(context, SpecPath.Of("engine.major"), $"Redis {engine.Major} is too old");
        }
        else if (engine.Major > NewestRedis)
        {
            context.Add(
                "E256",
                SpecPath.Of("engine.major"),
                $"packages.redis.io has no Redis {engine.Major} that this redishabake knows",
                $"7 to {NewestRedis}",
                "write one of them, or remove the line for 7");
        }
    }

    private static void FromDistribution(RuleContext context, EngineSpec engine, OperatingSystem os, Version shipped)
    {
        var name = engine.Kind == EngineKind.Redis ? "Redis" : "Valkey";
        if (shipped.Major == 0)
        {
            context.Add(
                "E251",
                SpecPath.Of("engine.kind"),
                $"{os.Name} has no Valkey in its archive",
                "one of " + string.Join(", ", OperatingSystem.All.Where(o => o.Valkey.Major > 0).Select(o => o.Name)) + " as `os`",
                "choose another `os`, or `kind: redis`");
        }
        else if (shipped.Major < 7)
        {
            TooOld(context, SpecPath.Of("engine.source"), $"{os.Name}'s own {name}, {shipped}, is too old");
        }
        else if (engine.Major != shipped.Major)
        {
            context.Add(
                "E252",
                SpecPath.Of("engine.major"),
                $"{os.Name} has {name} {shipped.ToString(2)}, not {engine.Major}",
                $"{shipped.Major}",
                engine.Kind == EngineKind.Redis ? "remove the line, or say `source: packages.redis.io`" : "remove the line");
        }

        if (engine.KeyFile.Length > 0)
        {
            context.Add(
                "E254",
                SpecPath.Of("engine.key"),
                "the distribution's archive needs no key",
                "a key only with `source: packages.redis.io`",
                "remove the line");
        }
    }

    private static void TooOld(RuleContext context, SpecPath path, string found) => context.Add(
        "E250",
        path,
        found,
        "Redis 7.0 or newer: the failover rests on settings that 6 does not have",
        "say `source: packages.redis.io` with `major: 7`");
}
