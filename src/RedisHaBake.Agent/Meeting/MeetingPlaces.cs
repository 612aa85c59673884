using RedisHaBake.Agent.Cluster;
using RedisHaBake.Model.Plan;
using RedisHaBake.Resp;

namespace RedisHaBake.Agent.Meeting;

/// <summary>
/// The connections by which this node is seen and sees: one to each meeting place that it knows, its own included, kept open. As the agents' user
/// where the address was learned, and as the meeting's where it is only a hint.
/// </summary>
public sealed class MeetingPlaces(NodePlan pasted) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private readonly Dictionary<RespEndpoint, (RespClient Client, string Name)> _open = [];
    private readonly CardSeal _seal = new(pasted);

    /// <summary>Why a place of the last look did not answer, by node name.</summary>
    public IReadOnlyDictionary<string, string> Silent { get; private set; } = new Dictionary<string, string>();

    /// <summary>Everybody seen, at all places.</summary>
    /// <param name="known">What is known.</param>
    /// <param name="own">This machine's own address.</param>
    /// <param name="card">What this node says.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<IReadOnlyCollection<Sighting>> LookAsync(Membership known, string own, CallingCard card, CancellationToken ct)
    {
        var places = Places(known, own).ToList();
        foreach (var gone in _open.Keys.Except(places.Select(p => p.At)).ToList())
            Close(gone);
        var name = _seal.Put(card.Write(pasted.Cluster), own);
        var looks = await Task.WhenAll(places.Select(async p => (p.Node, p.At, Look: await LookAsync(p.At, name, ct))));
        foreach (var (_, at, look) in looks)
        {
            if (look.Client is null)
                Close(at);
            else
                _open[at] = (look.Client, name);
        }

        Silent = looks.Where(l => l.Look.Client is null).ToDictionary(l => l.Node, l => l.Look.Reason);
        return [.. looks.SelectMany(l => l.Look.Seen)];
    }

    /// <summary>Leaves all places.</summary>
    public void Dispose()
    {
        foreach (var at in _open.Keys.ToList())
            Close(at);
    }

    /// <summary>Where to look, and as whom.</summary>
    private IEnumerable<(string Node, RespEndpoint At)> Places(Membership known, string own)
    {
        var agents = new ClusterEndpoints(pasted);
        foreach (var node in pasted.Nodes.Where(MeetingPlace.IsAt))
        {
            var port = MeetingPlace.Port(pasted, node);
            var address = node.Name == pasted.Node ? own : node.Address != Words.Auto ? node.Address : known.AddressOf(node.Name);
            // From the own address always: the system might choose an extra one that is here.
            if (address is not null)
                yield return (node.Name, agents.At(address, port) with { From = own });
            else if (pasted.Known.TryGetValue(node.Name, out var hint))
                yield return (node.Name, new(hint, port, InternalUsers.Meeting, MeetingPlace.Password(pasted), own));
        }
    }

    private async Task<(RespClient? Client, string Reason, IReadOnlyList<Sighting> Seen)> LookAsync(RespEndpoint at, string name, CancellationToken ct)
    {
        var (client, said) = _open.GetValueOrDefault(at);
        try
        {
            client ??= await RespClient.ConnectAsync(at, Limit, ct);
            if (said != name)
                (await client.CallAsync(["CLIENT", "SETNAME", name], ct)).OrThrow();
            var reply = (await client.CallAsync(["CLIENT", "LIST"], ct)).OrThrow();
            return (client, "", [.. ClientList.Agents(reply.Text, pasted.Cluster, _seal)]);
        }
        catch (RespException e)
        {
            client?.Dispose();
            return (null, $"{at} is no meeting place of this cluster: {e.Message}", []);
        }
        catch (RespUnreachableException e)
        {
            client?.Dispose();
            return (null, e.Message, []);
        }
    }

    private void Close(RespEndpoint at)
    {
        if (_open.Remove(at, out var open))
            open.Client.Dispose();
    }
}
