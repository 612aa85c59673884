using System.CommandLine;
using RedisHaBake.Lab;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab client.</summary>
internal static class ClientCommand
{
    public static Command Create()
    {
        var name = LabOptions.Name();
        var words = new Argument<string[]>("command") { Description = "The Redis command, after --; a prompt when there is none.", Arity = ArgumentArity.ZeroOrMore };
        return new Command("client", "redis-cli as the application's user through the write address.") { name, words }.Do((result, ct) =>
        {
            var lab = LabOptions.Open(result, name);
            if (lab.Plan.Client.Write == Words.None)
                throw new LabException("this cluster has no write address; run redis-cli on a node: redishabake lab exec NODE");
            return lab.ClientAsync(result.GetValue(words) ?? [], ct);
        }, passesOn: true);
    }
}
