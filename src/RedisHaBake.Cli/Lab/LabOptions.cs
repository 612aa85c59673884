using System.CommandLine;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;

namespace RedisHaBake.Cli.Lab;

/// <summary>Options and arguments that several verbs share.</summary>
internal static class LabOptions
{
    public static Option<string> Name() => new("--name", "-n")
    {
        Description = "The lab's name; not needed while there is only one.",
        DefaultValueFactory = _ => "",
    };

    public static Argument<string> Node() => new("node") { Description = "The node's name." };

    public static Option<string> Agent() => new("--agent")
    {
        Description = "The agent's .deb to bake in; by default the one that was built beside this program.",
        DefaultValueFactory = _ => "",
    };

    public static Option<string> Output() => new("--out", "-o")
    {
        Description = "Directory for the texts; by default out/ and the lab's name.",
        DefaultValueFactory = _ => "",
    };

    public static RunningLab Open(ParseResult result, Option<string> name)
    {
        LabRequirements.Check();
        return RunningLab.Open(result.GetValue(name)!, LabPaths.Default);
    }
}
