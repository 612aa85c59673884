using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>E280 to E289: verbatim lines that fight what the product manages, or that no program starts on.</summary>
internal static class ExtraRules
{
    public static void Check(RuleContext context)
    {
        var spec = context.Spec;
        SettingRules.Check(context);
        HaproxyExtraRules.Check(context);
        KeepalivedExtraRules.Check(context);
        if (spec.Kernel.Sysctl.GetValueOrDefault("net.ipv4.ip_nonlocal_bind") is not "1")
            Fight(context, SpecPath.Of("kernel.sysctl")["net.ipv4.ip_nonlocal_bind"], "net.ipv4.ip_nonlocal_bind", "a value of 1: HAProxy listens on addresses that are elsewhere at the moment");
    }

    /// <summary>A line that would undo what the cluster itself sets.</summary>
    public static void Fight(RuleContext context, SpecPath path, string what, string expected) => context.Add(
        "E280", path, $"{what} is set by the cluster itself", expected, "remove the line; what can be chosen stands in `redishabake schema`");

    /// <summary>A line that begins with something that is no keyword.</summary>
    public static void NoKeyword(RuleContext context, SpecPath path, string word, string file, string example) => context.Add(
        "E283", path, $"`{Shown.Of(word)}` is no keyword of {file}", $"a keyword and its value, such as `{example}`", "correct the line: the program would not start on it");

    /// <summary>A line with a quote that nothing closes.</summary>
    public static void OpenQuote(RuleContext context, SpecPath path, string file) => context.Add(
        "E284", path, $"a quote is never closed, or closed in the middle of a word: {file} could not be read", "each quoted word in one pair of quotes", "correct the line: the program would not start on it");

    /// <summary>Whether <paramref name="word"/> begins with a letter and holds what keywords are made of.</summary>
    public static bool IsKeyword(string word) => word.Length > 0 && char.IsAsciiLetter(word[0]) && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
