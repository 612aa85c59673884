using System.Text;

namespace RedisHaBake.Model.Render;

/// <summary>
/// RESP as hex for HAProxy's send-binary and expect binary: no quoting in haproxy.cfg, any byte in a name, and lengths that make a
/// match exact (10.0.0.1 never matches 10.0.0.10).
/// </summary>
internal static class RespHex
{
    /// <summary>Commands, each an array of words, as one packet.</summary>
    public static string Packet(params IEnumerable<IReadOnlyList<string>> commands) => Hex(string.Concat(commands.Select(Array)));

    /// <summary>A reply given as its RESP text.</summary>
    public static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    /// <summary>An array of bulk strings as RESP text.</summary>
    public static string Array(IReadOnlyList<string> words)
        => $"*{words.Count}\r\n" + string.Concat(words.Select(w => $"${Encoding.UTF8.GetByteCount(w)}\r\n{w}\r\n"));
}
