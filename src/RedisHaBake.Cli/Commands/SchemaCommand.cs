using System.CommandLine;
using RedisHaBake.Cli.Output;
using RedisHaBake.Model.Spec.Shape;

namespace RedisHaBake.Cli.Commands;

/// <summary>redishabake schema: what editors complete and explain, and the same for people.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var markdown = new Option<bool>("--markdown") { Description = "The reference for people instead." };
        var command = new Command("schema", "Print the JSON Schema of cluster.yaml, for completion and hover text in editors.") { markdown };
        command.SetAction(result => Terminal.For(result).Data(result.GetValue(markdown) ? SpecReference.Markdown() : SpecSchema.Json()));
        return command;
    }
}
