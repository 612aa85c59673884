using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Meeting;

/// <summary>The reply of CLIENT LIST: a line a connection, of words key=value.</summary>
public static class ClientList
{
    // An agent asks every second or two. A machine that lost power says no good-bye, and its connection stands for minutes.
    private const int LongestSilenceS = 6;

    /// <summary>The agents of <paramref name="cluster"/> among the connections of <paramref name="reply"/>; all others are clients, or made up.</summary>
    public static IEnumerable<Sighting> Agents(string reply, string cluster, CardSeal seal)
    {
        foreach (var line in reply.Split('\n'))
        {
            string? name = null, address = null, user = null;
            var idle = 0;
            foreach (var word in line.Split(' '))
            {
                if (word.StartsWith("name=", StringComparison.Ordinal))
                    name = word["name=".Length..];
                else if (word.StartsWith("addr=", StringComparison.Ordinal))
                    address = word["addr=".Length..];
                else if (word.StartsWith("user=", StringComparison.Ordinal))
                    user = word["user=".Length..];
                else if (word.StartsWith("idle=", StringComparison.Ordinal) && !int.TryParse(word["idle=".Length..], out idle))
                    idle = int.MaxValue;
            }

            // Anybody who may connect can give himself any name, and who answers here may be a stranger himself: the seal is the cluster's own.
            if (idle <= LongestSilenceS && user is InternalUsers.Meeting or InternalUsers.Agent && name is not null && address?.LastIndexOf(':') is > 0 and var colon
                && seal.Open(name, address[..colon]) is { } text && CallingCard.TryRead(text, cluster) is { } card)
                yield return new(card, address[..colon], user == InternalUsers.Agent);
        }
    }
}
