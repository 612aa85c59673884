using System.Net.Sockets;
using System.Text.Json;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent.Status;

/// <summary>
/// Finds out which node holds an address. keepalived of a peer cannot be asked from here, but the kernel knows which network card
/// answers for an address, and which card each peer has.
/// </summary>
public sealed class AddressHolder(NodePlan plan, IPrograms programs)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    /// <summary>The holder's name, or empty where none answers.</summary>
    public async Task<string> FindAsync(string address, CancellationToken ct)
    {
        if ((await new IpAddresses(programs).ListAsync(ct)).Any(a => a.Address == address))
            return plan.Node;
        var peers = plan.Nodes.Where(n => n.Name != plan.Node && n.Address != Words.Auto).ToList();
        // A connection attempt, successful or not, makes the kernel ask who answers for the address now.
        await Task.WhenAll(peers.Select(p => KnockAsync(p.Address, ct)).Append(KnockAsync(address, ct)));
        var cards = Cards((await programs.RunAsync("/sbin/ip", ["-j", "-4", "neighbour", "show"], ct)).Output);
        return cards.TryGetValue(address, out var card) ? peers.FirstOrDefault(p => cards.GetValueOrDefault(p.Address) == card)?.Name ?? "" : "";
    }

    /// <summary>From `ip -j neighbour`: address → hardware address, of neighbours that answered.</summary>
    public static IReadOnlyDictionary<string, string> Cards(string json)
    {
        var cards = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(json.Length == 0 ? "[]" : json);
        foreach (var neighbour in document.RootElement.EnumerateArray())
        {
            if (neighbour.TryGetProperty("dst", out var dst) && neighbour.TryGetProperty("lladdr", out var card))
                cards[dst.GetString()!] = card.GetString()!;
        }

        return cards;
    }

    private async Task KnockAsync(string address, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(address, plan.Ports.Redis, limit.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Nobody there, or nobody listening: the neighbour table says which.
        }
    }
}
