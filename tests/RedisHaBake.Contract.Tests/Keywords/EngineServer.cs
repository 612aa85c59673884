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

    /// <summary>Those of <paramref name="lines"/> on which a server starts: one short-lived server each, two at a time.</summary>
    public IReadOnlySet<string> StartsOnEach(IReadOnlyList<string> lines)
    {
        var place = directory[(directory.LastIndexOf('/') + 1)..];
        var halves = lines.Chunk((lines.Count + 1) / 2).Select((half, i) => debian.Write($"{place}/lines-{i}", string.Join('\n', half) + "\n"));
        // Nowhere to listen: a server that takes the line says so and ends; what it says of a line that it does not take is another thing.
        // With a huge maxclients it asks for that many files, and for 16 fewer for each refusal: by then it has taken the line.
        var script = debian.Write($"{place}/try-lines", $$"""
            try() {
                while IFS= read -r line; do
                    printf 'port 0\ndir {{directory}}\n%s\nloglevel notice\n' "$line" > "$1.conf"
                    said=$(timeout --signal=KILL 10 /usr/bin/{{engine}}-server "$1.conf" 2>&1)
                    case "$?:$said" in
                        *'Configured to not listen anywhere'* | 137:*'Configuration loaded'*) printf '%s\n' "$line" ;;
                    esac
                done < "$1"
            }
            for half in {{string.Join(' ', halves)}}; do try "$half" > "$half.starts" & done
            wait
            cat {{directory}}/lines-*.starts
            """);
        return debian.Run(TimeSpan.FromMinutes(10), "sh", script).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
    }

    public void Dispose() => server.Dispose();
}
