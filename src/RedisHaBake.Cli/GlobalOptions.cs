using System.CommandLine;

namespace RedisHaBake.Cli;

/// <summary>Options of every command.</summary>
internal static class GlobalOptions
{
    /// <summary>The word for one JSON document.</summary>
    public const string Json = "json";

    /// <summary>--output.</summary>
    public static readonly Option<string> Output = Words();

    /// <summary>--quiet.</summary>
    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Say only what is wrong.", Recursive = true };

    private static Option<string> Words()
    {
        var option = new Option<string>("--output")
        {
            Description = "text for people, json for programs (one document with a format version).",
            Recursive = true,
            DefaultValueFactory = _ => "text",
        };
        option.TakesOneOf("text", Json);
        return option;
    }
}
