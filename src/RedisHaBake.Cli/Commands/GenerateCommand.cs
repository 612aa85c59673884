using System.CommandLine;
using RedisHaBake.Cli.Files;

namespace RedisHaBake.Cli.Commands;

/// <summary>redishabake generate: the texts to paste.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var spec = Shared.SpecArgument();
        var output = new Option<string>("--output-dir", "-o") { Description = "Directory for the texts; - prints the user-data.", DefaultValueFactory = _ => "out" };
        var command = new Command("generate", "Write the user-data of every node.") { spec, output };
        command.SetAction(result => Run(result.GetValue(spec)!, result.GetValue(output)!));
        return command;
    }

    private static int Run(string specPath, string output)
    {
        var generation = Generation.Run(specPath);
        Shared.Print(generation);
        if (!generation.Succeeded)
            return ExitCode.Fault;
        Write(generation.Nodes, output);
        foreach (var node in generation.Nodes)
            Console.Error.WriteLine($"{Path.Combine(output, node.Node + ".user-data")}: {node.Size} bytes");
        return ExitCode.Good;
    }
    /// <summary>Writes the three texts of every node into <paramref name="output"/>.</summary>
    internal static void Write(IReadOnlyList<NodeTexts> nodes, string output)
    {
        Directory.CreateDirectory(output, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var node in nodes)
        {
            AtomicFile.Write(Path.Combine(output, node.Node + ".user-data"), node.UserData, AtomicFile.Private);
            AtomicFile.Write(Path.Combine(output, node.Node + ".meta-data"), node.MetaData, AtomicFile.Shared);
            AtomicFile.Write(Path.Combine(output, node.Node + ".network-config"), node.NetworkConfig, AtomicFile.Shared);
        }
    }
}
