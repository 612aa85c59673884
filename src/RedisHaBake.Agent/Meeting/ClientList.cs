using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Meeting;

/// <summary>The reply of CLIENT LIST: a line a connection, of words key=value.</summary>
public static class ClientList
{
    /// <summary>The agents of <paramref name="cluster"/> among the connections of <paramref name="reply"/>; all others are clients.</summary>
    public static IEnumerable<Sighting> Agents(string reply, string cluster)
    {
        foreach (var line in reply.Split('\n'))
        {
            string? name = null, address = null, user = null;
            foreach (var word in line.Split(' '))
            {
                if (word.StartsWith("name=", StringComparison.Ordinal))
                    name = word["name=".Length..];
                else if (word.StartsWith("addr=", StringComparison.Ordinal))
                    address = word["addr=".Length..];
                else if (word.StartsWith("user=", StringComparison.Ordinal))
                    user = word["user=".Length..];
            }

            // Anybody who may connect can give himself any name; these two users' passwords are the cluster's own.
            if (user is InternalUsers.Meeting or InternalUsers.Agent && name is not null && address?.LastIndexOf(':') is > 0 and var colon
                && CallingCard.TryRead(name, cluster) is { } card)
                yield return new(card, address[..colon], user == InternalUsers.Agent);
        }
    }
}
