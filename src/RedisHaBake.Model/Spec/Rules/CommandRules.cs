using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Spec.Shape;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>W264, E266 and E267: a user's rules for single commands, which a server does not start on unless it knows them (acl.c, ACLSetSelector).</summary>
internal static class CommandRules
{
    private const string NotStart = "correct the rule: the server would not start on it";

    public static void Check(RuleContext context, string rights, SpecPath path)
    {
        if (!context.Sound(SpecPath.Of("engine")) || !context.Sound(SpecPath.Of("os")))
            return;
        var release = EngineRelease.For(context.Spec.Engine, context.Spec.Os);
        foreach (var rule in rights.Split(' ').Where(r => r.Length > 1 && r[0] is '+' or '-' && r[1] != '@'))
            Rule(context, release, rule, path);
    }

    private static void Rule(RuleContext context, EngineRelease release, string rule, SpecPath path)
    {
        var commands = release.Commands;
        var (command, rest) = rule[1..].Split('|', 2) is [var c, var r] ? (c, r) : (rule[1..], null);
        if (!commands.Contains(command))
            Unknown(context, release, command, path);
        else if (rest is null || commands.Contains($"{command}|{rest}"))
            return;
        else if (rest.Length == 0)
            context.Add("E267", path, $"{rule} ends in a bar with nothing behind it", $"{rule[..^1]}, or something behind the bar", NotStart);
        else if (commands.Where(w => w.StartsWith(command + "|", StringComparison.OrdinalIgnoreCase)).Select(w => w[(command.Length + 1)..]).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } known)
            Subcommand(context, release, (rule, command), rest, known, path);
        else if (rule[0] == '-' || rest.Contains('|'))
            context.Add("E267", path, $"{command} has no subcommands, so {rule} means nothing", rule[0] == '-' ? $"-{command}" : $"+{command}, or +{command}| and one first argument", NotStart);
    }

    // +command|argument, for one that has no subcommands, allows it with that first argument alone: a server takes any.
    private static void Subcommand(RuleContext context, EngineRelease release, (string Rule, string Command) found, string rest, List<string> known, SpecPath path)
    {
        var (rule, command) = found;
        if (rest.Split('|', 2) is [var sub, _] && known.Contains(sub, StringComparer.OrdinalIgnoreCase))
            context.Add("E267", path, $"{rule} goes on behind a subcommand", $"{rule[0]}{command}|{sub}", NotStart);
        else if (EngineRelease.MayKnowMore(context.Spec.Engine) && !rest.Contains('|'))
            Warn(context, $"no {release.Title} that is known here has a subcommand {command}|{rest}", Meant(rest, known, command), path);
        else
            context.Add("E267", path, $"{release.Title}'s {command} has no subcommand {rest}", Meant(rest, known, command), NotStart);
    }

    private static void Unknown(RuleContext context, EngineRelease release, string command, SpecPath path)
    {
        var more = EngineRelease.MayKnowMore(context.Spec.Engine);
        var modules = SettingRules.LoadsModules(context.Spec.Redis.Extra);
        if (command.Contains('.') && (more || modules))
            return;
        var expected = Spelling.Nearest(command, release.Commands.Where(c => !c.Contains('|'))) is { } meant ? $"{meant}, perhaps" : "a command, or @ and a category";
        if (command.Length > 0 && (more || modules))
        {
            Warn(context, $"no {release.Title} that is known here has a command {command}", expected, path);
            return;
        }

        context.Add(
            "E266",
            path,
            $"{release.Title} has no command {(command.Length > 0 ? command : "without a name")}{EngineRelease.Have(r => r.Commands.Contains(command))}",
            expected,
            NotStart);
    }

    private static void Warn(RuleContext context, string title, string expected, SpecPath path) => context.Add(
        "W264", path, title, expected, "correct the rule: a server does not start on a command that it does not know");

    private static string Meant(string word, List<string> known, string command)
        => Spelling.Nearest(word, known) is { } meant ? $"{command}|{meant}, perhaps" : $"one of {string.Join(", ", known)}";
}
