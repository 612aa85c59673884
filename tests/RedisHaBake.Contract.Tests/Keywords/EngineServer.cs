using System.Text.Json;
using RedisHaBake.Contract.Tests.Generate;
using RedisHaBake.Contract.Tests.Render;

namespace RedisHaBake.Contract.Tests.Keywords;

/// <summary>A server of one Debian's package, as it comes, on a unix socket.</summary>
internal sealed class EngineServer : IDisposable
{
    // Generous: the tests run beside machines that boot.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly DebianSystem debian;
    private readonly string engine;
    private readonly string directory;
    private readonly RealProgram server;

    public EngineServer(DebianSystem debian, string engine)
    {
        this.debian = debian;
        this.engine = engine;
        directory = Path.GetDirectoryName(debian.Write($"{engine}-words-{Guid.NewGuid():N}/empty.conf", ""))!;
        server = RealProgram.Start("chroot", debian.Root, $"/usr/bin/{engine}-server", directory + "/empty.conf", "--port", "0", "--save", "", "--unixsocket", Socket);
        Assert.True(SpinWait.SpinUntil(() => Ask("PING") is ["PONG"], StartLimit), server.Output);
    }

    private string Socket => directory + "/s";

    /// <summary>What CONFIG GET * names.</summary>
    public IReadOnlyList<string> Settings
    {
        get
        {
            // A value may be several lines: only JSON tells names and values apart.
            var (code, output) = debian.Run($"/usr/bin/{engine}-cli", "--json", "-s", Socket, "CONFIG", "GET", "*");
            Assert.Equal(0, code);
            return [.. JsonDocument.Parse(output).RootElement.EnumerateObject().Select(setting => setting.Name)];
        }
    }

    /// <summary>The lines of all answers to <paramref name="commands"/>, one command a line.</summary>
    public IReadOnlyList<string> Ask(params IReadOnlyList<string> commands)
    {
        var script = debian.Write(directory[(directory.LastIndexOf('/') + 1)..] + "/commands", string.Join('\n', commands) + "\n");
        var (_, output) = debian.Run("sh", "-c", $"/usr/bin/{engine}-cli -s {Socket} < {script}");
        return output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Whether a server starts on a file with this line: it ends at once, by the line's fault or because it has nowhere to listen.</summary>
    public bool StartsOn(string line, string program = "server")
    {
        var path = debian.Write(directory[(directory.LastIndexOf('/') + 1)..] + "/one-line.conf", $"port 0\ndir {directory}\n{line}\n");
        var (_, output) = debian.Run("timeout", "10", $"/usr/bin/{engine}-{program}", path);
        Assert.NotEmpty(output);
        return !output.Contains("Bad directive") && !output.Contains("Module Configuration detected");
    }

    public void Dispose() => server.Dispose();
}
