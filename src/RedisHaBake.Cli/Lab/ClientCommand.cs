using System.CommandLine;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab client.</summary>
internal static class ClientCommand
{
    public static Command Create()
    {
        var name = LabOptions.Name();
        var words = new Argument<string[]>("command") { Description = "The Redis command, after --; a prompt when there is none.", Arity = ArgumentArity.ZeroOrMore };
        return new Command("client", "redis-cli as the application's user through the write address, or where there is none yet a proxy's own.") { name, words }.Do((result, ct) =>
        {
            var lab = LabOptions.Open(result, name);
            return lab.ClientAsync(result.GetValue(words) ?? [], ct);
        }, passesOn: true);
    }
}
