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
        // The schema is one JSON document already, of a format that editors know; it is the same with --output json.
        command.SetAction(result =>
        {
            if (result.GetValue(markdown))
                Terminal.For(result).Text("markdown", SpecReference.Markdown());
            else
                Terminal.For(result).Data(SpecSchema.Json());
        });
        return command;
    }
}
