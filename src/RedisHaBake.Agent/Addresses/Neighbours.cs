using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Addresses;

/// <summary>The other machines of this node's network, by iproute2: who is the gateway, and whether somebody has an address already.</summary>
/// <param name="programs">For <c>ip</c>.</param>
/// <param name="ask">Has the kernel ask the network who has an address.</param>
public sealed class Neighbours(IPrograms programs, Func<string, CancellationToken, Task> ask)
{
    private const int Discard = 9;

    // A machine of the same network answers within a millisecond; the kernel asks three times, a second apart.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Those of this machine.</summary>
    public Neighbours(IPrograms programs)
        : this(programs, AskAsync)
    {
    }

    /// <summary>Why <paramref name="address"/> cannot be an extra address of this network; null where nobody has it.</summary>
    public async Task<string?> RefusalAsync(string address, CancellationToken ct)
    {
        var gateway = await GatewayAsync(ct);
        if (address == gateway)
            return $"{address} is the network's gateway";
        if (await HolderAsync(address, ct) is not { } holder)
            return null;

        // One that answers for everything is a router of the provider (proxy ARP), and says nothing about who has the address.
        return gateway is not null && holder == await HolderAsync(gateway, ct) ? null : $"{address} is taken: a machine with the hardware address {holder} answers there";
    }

    private async Task<string?> HolderAsync(string address, CancellationToken ct)
    {
        // What the kernel still remembers may be long gone.
        await programs.RunAsync(IpAddresses.Ip, ["-4", "neighbour", "flush", "to", address], ct);
        await ask(address, ct);
        return await FirstAsync(["-j", "-4", "neighbour", "show", "to", address], "lladdr", ct);
    }

    private async Task<string?> GatewayAsync(CancellationToken ct) => await FirstAsync(["-j", "-4", "route", "show", "default"], "gateway", ct);

    private async Task<string?> FirstAsync(string[] arguments, string property, CancellationToken ct)
    {
        var result = await programs.RunAsync(IpAddresses.Ip, arguments, ct);
        if (result.ExitCode != 0)
            throw new MachineException($"`ip {string.Join(' ', arguments)}` failed: {result.Words}; expected the package iproute2");
        using var document = JsonDocument.Parse(result.Output.Trim().Length == 0 ? "[]" : result.Output);
        return document.RootElement.EnumerateArray().Select(e => e.TryGetProperty(property, out var value) ? value.GetString() : null).FirstOrDefault(v => v is not null);
    }

    private static async Task AskAsync(string address, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            await socket.SendToAsync(ReadOnlyMemory<byte>.Empty, new IPEndPoint(IPAddress.Parse(address), Discard), ct);
        }
        catch (SocketException)
        {
            // No route, or a firewall of this machine: then nothing is found out, and nothing refused.
        }

        await Task.Delay(Patience, ct);
    }
}
