using System.CommandLine;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab exec.</summary>
internal static class ExecCommand
{
    public static Command Create()
    {
        var name = LabOptions.Name();
        var node = LabOptions.Node();
        var words = new Argument<string[]>("command") { Description = "The command, after --; a shell when there is none.", Arity = ArgumentArity.ZeroOrMore };
        return new Command("exec", "Run a command as root on a node: lab exec redis-a -- ip address.") { name, node, words }.Do((result, ct) =>
        {
            var command = result.GetValue(words) is { Length: > 0 } given ? given : ["/bin/bash", "-l"];
            return LabOptions.Open(result, name)[result.GetValue(node)!].AttachAsync(command, ct);
        }, passesOn: true);
    }
}
