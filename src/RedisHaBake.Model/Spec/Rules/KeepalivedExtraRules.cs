using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec.Shape;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E280 to W286 for keepalived.conf: extra lines are blocks of the operator's own, after the cluster's.</summary>
internal static class KeepalivedExtraRules
{
    private const string File = "keepalived.conf";

    // What keepalived 2.2 and 2.3 take outside blocks (a contract test asks them); `keepalived -t` fails on another word.
    public static readonly string[] Outermost =
    [
        "bfd_instance", "child_wait_time", "garp_group", "global_defs", "interface_up_down_delays", "linkbeat_interfaces", "linkbeat_use_polling", "namespace_with_ipsets",
        "net_namespace", "net_namespace_ipvs", "static_ipaddress", "static_routes", "static_rules", "track_group", "use_pid_dir", "virtual_server", "virtual_server_group",
        "vrrp_instance", "vrrp_script", "vrrp_sync_group", "vrrp_track_file", "vrrp_track_process",
    ];

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
        else if (words.FirstOrDefault(w => Moves(context.Spec.Addresses, w)) is { } address)
            ExtraRules.Fight(context, path, $"the place of {address}", "addresses that are not the cluster's: every proxy would hold this one at once");
        else if (depth == 0 && words[0] is not ("{" or "}") && !Outermost.Contains(words[0]) && !(words[0].StartsWith('$') && words[0].Contains('=')))
            NotOutermost(context, path, words[0]);
    }

    private static bool Moves(AddressPlan addresses, string word)
        => word.Split('/')[0] is var address && address != Words.None && (address == addresses.Write || address == addresses.Read);

    private static void NotOutermost(RuleContext context, SpecPath path, string word) => context.Add(
        "E283",
        path,
        $"keepalived knows no `{Shown.Of(word)}` outside a block",
        Spelling.Nearest(word, Outermost) is { } meant ? $"`{meant}`, perhaps" : "a block of your own, such as `vrrp_script mine {`",
        "correct the line: the agent would refuse the file");
}
