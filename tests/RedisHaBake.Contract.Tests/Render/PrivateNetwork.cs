using System.Diagnostics;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>A private network that belongs to a test: a bridge and machines, each a network namespace with one address. Needs root.</summary>
internal sealed class PrivateNetwork : IDisposable
{
    private readonly string prefix = $"rhb{Guid.NewGuid():N}"[..9];
    private readonly List<string> names = [];
    private readonly List<RealProgram> programs = [];

    public PrivateNetwork(params (string Name, string Address)[] machines)
    {
        Assert.True(Environment.IsPrivilegedProcess, "expected root, for network namespaces; run: sudo make test-contract");
        try
        {
            Make(machines);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs a program on a machine to its end.</summary>
    public (int ExitCode, string Output) Run(string machine, params IReadOnlyList<string> command)
        => RealProgram.Run("ip", ["netns", "exec", In(machine), .. command]);

    /// <summary>Starts a program on a machine; it ends with the network.</summary>
    public RealProgram Start(string machine, params IReadOnlyList<string> command)
    {
        programs.Add(RealProgram.Start("ip", ["netns", "exec", In(machine), .. command]));
        return programs[^1];
    }

    /// <summary>Whether a TCP connection from the machine is answered, be it by "refused": what a filter drops is not answered at all.</summary>
    public bool Answers(string machine, string address, int port)
        => Run(machine, "timeout", "0.7", "bash", "-c", $"exec 3<>/dev/tcp/{address}/{port}").ExitCode != 124;

    /// <summary>Whether a server takes a TCP connection from the machine.</summary>
    public bool Accepts(string machine, string address, int port)
        => Run(machine, "timeout", "5", "bash", "-c", $"exec 3<>/dev/tcp/{address}/{port}").ExitCode == 0;

    public void Dispose()
    {
        foreach (var program in programs)
            program.Dispose();
        foreach (var name in names)
        {
            foreach (var pid in RealProgram.Run("ip", "netns", "pids", name).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                Process.Start("kill", ["-KILL", pid]).WaitForExit();
            Process.Start("ip", ["netns", "delete", name]).WaitForExit();
        }
    }

    private void Make((string Name, string Address)[] machines)
    {
        Ip("netns", "add", Add("net"));
        Ip("-n", In("net"), "link", "add", "switch", "type", "bridge");
        Ip("-n", In("net"), "link", "set", "switch", "up");
        foreach (var (name, address) in machines)
        {
            Ip("netns", "add", Add(name));
            Ip("link", "add", "eth0", "netns", In(name), "type", "veth", "peer", "name", name, "netns", In("net"));
            Ip("-n", In("net"), "link", "set", name, "master", "switch", "up");
            Ip("-n", In(name), "link", "set", "lo", "up");
            Ip("-n", In(name), "link", "set", "eth0", "up");
            Ip("-n", In(name), "address", "add", address, "dev", "eth0");
        }
    }

    private string In(string name) => $"{prefix}-{name}";

    private string Add(string name)
    {
        names.Add(In(name));
        return names[^1];
    }

    private static void Ip(params IReadOnlyList<string> arguments)
    {
        var (exitCode, output) = RealProgram.Run("ip", arguments);
        Assert.True(exitCode == 0, $"ip {string.Join(' ', arguments)}: {output}");
    }
}
