using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E280 to W286 for keepalived.conf: extra lines are blocks of the operator's own, after the cluster's.</summary>
internal static class KeepalivedExtraRules
{
    private const string File = "keepalived.conf";

    public static void Check(RuleContext context)
    {
        var lines = context.Spec.Proxy.KeepalivedExtra;
        var list = SpecPath.Of("keepalived.extra");
        if (lines.Count > 0 && context.Spec.Addresses.Mode != AddressMode.Floating && context.Sound(SpecPath.Of("addresses")))
        {
            context.Add(
                "W286",
                list,
                "no node runs keepalived: these lines go nowhere",
                "floating `addresses`, which keepalived moves",
                "remove the lines, or write the addresses");
        }

        var depth = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            if (QuotedWords.OfKeepalived(lines[i]) is not { } words)
            {
                ExtraRules.OpenQuote(context, list[i], File);
                continue;
            }

            if (words.Count > 0)
                Line(context, list[i], words, depth);
            depth += words.Count(w => w == "{") - words.Count(w => w == "}");
            if (depth < 0 || (depth > 0 && i == lines.Count - 1))
            {
                context.Add(
                    "E282",
                    list[i],
                    depth < 0 ? "a brace closes what none opened" : $"{depth} opened brace{(depth == 1 ? " is" : "s are")} never closed",
                    "balanced braces",
                    "correct the block");
                depth = 0;
            }
        }
    }

    private static void Line(RuleContext context, SpecPath path, IReadOnlyList<string> words, int depth)
    {
        // include, includer, includem and so on; and lines that begin with @ are read or not by the command line, which is the unit's.
        if (words[0].StartsWith("include", StringComparison.Ordinal) || words[0].StartsWith('@'))
        {
            context.Add(
                "E280",
                path,
                $"`{Shown.Of(words[0])}` brings lines into {File} that nobody can check here",
                "the lines themselves",
                "write them out");
        }
        else if (words[0] is "global_defs" || words is ["vrrp_instance", "write" or "read", ..] or ["vrrp_script", "proxy_alive" or "proxy_write" or "proxy_read", ..])
            ExtraRules.Fight(context, path, $"`{string.Join(' ', words.Take(2)).TrimEnd('{').Trim()}`", "blocks of your own");
        else if (depth == 0 && words[0] != "}" && !ExtraRules.IsKeyword(words[0]) && !(words[0].StartsWith('$') && words[0].Contains('=')))
            ExtraRules.NoKeyword(context, path, words[0], File, "vrrp_script mine {");
    }
}
