namespace RedisHaBake.Cli.Images;

/// <summary>Texts in HashiCorp's configuration language, as Packer's variable files want them.</summary>
internal static class Hcl
{
    private const string End = "END";

    /// <summary>A one-line text in quotes.</summary>
    public static string Quote(string text)
        => "\"" + Plain(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)) + "\"";

    /// <summary>A text of whole lines as a heredoc, which reads as it is.</summary>
    public static string Lines(string text)
    {
        var end = End;
        while (text.Split('\n').Any(line => line.Trim() == end))
            end += "_";
        return $"<<{end}\n{Plain(text)}{end}\n";
    }

    // What would begin a template.
    private static string Plain(string text) => text.Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal);
}
