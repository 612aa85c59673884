namespace RedisHaBake.Model.Spec.Source;

/// <summary>Text of a file inside a message: never a control character (a file must not steer a terminal), never endless.</summary>
public static class Shown
{
    private const int Longest = 80;

    /// <summary><paramref name="text"/>, safe and short.</summary>
    public static string Of(string text)
    {
        var safe = Safe(text.Length > Longest ? text[..Longest] : text);
        return text.Length > Longest ? safe + "..." : safe;
    }

    /// <summary><paramref name="text"/> with a ? for each control or formatting character.</summary>
    public static string Safe(string text)
        => string.Concat(text.Select(c => c == '\t' ? ' ' : char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format ? '?' : c));
}
