using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace RedisHaBake.Lab.Machines;

/// <summary>One command to a QEMU over its monitor (QMP: a JSON document a line; the first must be qmp_capabilities).</summary>
internal static class Qmp
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs <paramref name="command"/>.</summary>
    /// <exception cref="LabException">QEMU does not listen, or refuses.</exception>
    public static async Task ExecuteAsync(string path, string command, JsonObject arguments)
    {
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), limit.Token);
            using var stream = new NetworkStream(socket);
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { AutoFlush = true };
            await reader.ReadLineAsync(limit.Token);
            await AskAsync(reader, writer, new() { ["execute"] = "qmp_capabilities" }, limit.Token);
            await AskAsync(reader, writer, new() { ["execute"] = command, ["arguments"] = arguments }, limit.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            throw new LabException($"QEMU does not answer on {path}: {e.Message}; run: redishabake lab status", e);
        }
    }

    private static async Task AskAsync(StreamReader reader, StreamWriter writer, JsonObject question, CancellationToken ct)
    {
        await writer.WriteLineAsync(question.ToJsonString().AsMemory(), ct);
        // Events come in between.
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            var answer = JsonNode.Parse(line);
            if (answer?["error"] is { } error)
                throw new LabException($"QEMU refused {question["execute"]}: {error["desc"]}");
            if (answer?["return"] is not null)
                return;
        }

        throw new IOException("it closed the connection");
    }
}
