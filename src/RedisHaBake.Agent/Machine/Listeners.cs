using System.Globalization;
using System.Net;

namespace RedisHaBake.Agent.Machine;

/// <summary>Who listens on this machine's TCP ports, by /proc (proc_net_tcp in the kernel's documentation).</summary>
public sealed class Listeners(MachineRoot root)
{
    private const string Listening = "0A";

    /// <summary>Who keeps others from listening on <paramref name="endpoints"/>.</summary>
    public IReadOnlyList<Listener> On(IReadOnlyList<(string Address, int Port)> endpoints)
    {
        var sockets = Sockets("/proc/net/tcp").Concat(Sockets("/proc/net/tcp6")).ToList();
        List<Listener> found = [];
        foreach (var (address, port) in endpoints)
        {
            var wanted = IPAddress.Parse(address);
            foreach (var socket in sockets.Where(s => s.Port == port && (s.Address.Equals(wanted) || s.Address.Equals(IPAddress.Any) || s.Address.Equals(IPAddress.IPv6Any))))
            {
                var process = ProcessOf(socket.Inode);
                found.Add(new(
                    address,
                    port,
                    process is null ? "a process that cannot be seen from here" : (root.Read($"/proc/{process}/comm") ?? "").Trim(),
                    process ?? 0,
                    process is null ? "" : UnitOf(root.Read($"/proc/{process}/cgroup") ?? "")));
            }
        }

        return [.. found.DistinctBy(f => (f.Port, f.ProcessId))];
    }

    private IEnumerable<(IPAddress Address, int Port, string Inode)> Sockets(string file)
    {
        foreach (var line in (root.Read(file) ?? "").Split('\n').Skip(1))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 9 && fields[3] == Listening && fields[1].Split(':') is [var address, var port])
                yield return (Address(address), int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture), fields[9]);
        }
    }

    // Words of four bytes, each in the order of the machine, which is little-endian on all that we run on.
    private static IPAddress Address(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        for (var word = 0; word < bytes.Length; word += 4)
            Array.Reverse(bytes, word, 4);
        var address = new IPAddress(bytes);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    private int? ProcessOf(string inode)
    {
        foreach (var name in root.Directories("/proc").Where(n => n.All(char.IsAsciiDigit)))
        {
            try
            {
                if (Directory.EnumerateFileSystemEntries(root.At($"/proc/{name}/fd")).Any(f => new FileInfo(f).LinkTarget == $"socket:[{inode}]"))
                    return int.Parse(name, CultureInfo.InvariantCulture);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked, or is another user's.
            }
        }

        return null;
    }

    // "0::/system.slice/name.service", or with the older cgroups one line more per controller; a person's own processes are in a scope.
    private static string UnitOf(string cgroup)
        => cgroup.Split('/', '\n').LastOrDefault(p => p.EndsWith(".service", StringComparison.Ordinal)) ?? "";
}
