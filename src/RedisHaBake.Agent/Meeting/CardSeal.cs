using System.Security.Cryptography;
using System.Text;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Meeting;

/// <summary>
/// What only a node of the cluster can put behind a card: a place that a person typed wrongly may answer anything to CLIENT LIST, and whoever is
/// believed is sent the agents' password. A seal holds for the address from which the card was shown, so that a card that somebody copied
/// leads to nobody but its writer.
/// </summary>
/// <param name="plan">The cluster, by whose agents' secret the seal is made.</param>
public sealed class CardSeal(NodePlan plan)
{
    private const int Digits = 32;
    private readonly byte[] _key = Encoding.UTF8.GetBytes(plan.Secrets.Agent);

    /// <summary>The name of a connection from <paramref name="address"/> that shows <paramref name="card"/>.</summary>
    public string Put(string card, string address) => $"{card};{Of(card, address)}";

    /// <summary>The card in a connection's name; null where it has no seal, or one for another text or address.</summary>
    public string? Open(string name, string address)
    {
        var end = name.LastIndexOf(';');
        return end > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(name[(end + 1)..]), Encoding.UTF8.GetBytes(Of(name[..end], address)))
            ? name[..end]
            : null;
    }

    private string Of(string card, string address)
        => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"card/{plan.Secrets.ClusterId}/{address}/{card}")))[..Digits];
}
