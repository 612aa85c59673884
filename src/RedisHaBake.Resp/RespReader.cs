using System.Globalization;
using System.Text;

namespace RedisHaBake.Resp;

/// <summary>Reads RESP2 replies off a stream; RESP3's null and push types are understood as their RESP2 counterparts.</summary>
internal sealed class RespReader(Stream stream)
{
    private const int MaxDepth = 16;
    private const int MaxBulk = 512 * 1024 * 1024;
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    public ValueTask<RespValue> ReadAsync(CancellationToken ct) => ReadAsync(0, ct);

    private async ValueTask<RespValue> ReadAsync(int depth, CancellationToken ct)
    {
        if (depth > MaxDepth)
            throw new RespException("the reply is nested deeper than any that Redis sends");
        var line = await ReadLineAsync(ct);
        if (line.Length == 0)
            throw new RespException("the reply begins with an empty line");
        var rest = line[1..];
        switch (line[0])
        {
            case '+':
                return new(RespKind.Simple, rest, 0, []);
            case '-':
                return new(RespKind.Error, rest, 0, []);
            case ':':
                return new(RespKind.Integer, "", Number(rest), []);
            case '_':
                return RespValue.Null;
            case '$':
                var length = Number(rest);
                return length < 0 ? RespValue.Null : new(RespKind.Bulk, await ReadBulkAsync(length, ct), 0, []);
            case '*' or '>' or '~':
                var count = Number(rest);
                if (count < 0)
                    return RespValue.Null;
                if (count > 1_000_000)
                    throw new RespException($"the reply claims {count} elements");
                var items = new List<RespValue>();
                for (var i = 0; i < count; i++)
                    items.Add(await ReadAsync(depth + 1, ct));
                return new(RespKind.Array, "", 0, items);
            default:
                throw new RespException("the server does not speak RESP: " + line[..Math.Min(line.Length, 40)]);
        }
    }

    private static long Number(string text)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n
            : throw new RespException("expected a number in the reply, found " + text);

    private async ValueTask<string> ReadLineAsync(CancellationToken ct)
    {
        var scanned = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf("\r\n"u8);
            if (newline >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, scanned + newline);
                _start += scanned + newline + 2;
                return line;
            }

            scanned = Math.Max(0, _end - _start - 1);
            if (_end - _start > 1024 * 1024)
                throw new RespException("the reply has a line of more than 1 MiB");
            await FillAsync(ct);
        }
    }

    private async ValueTask<string> ReadBulkAsync(long length, CancellationToken ct)
    {
        if (length > MaxBulk)
            throw new RespException($"the reply claims a string of {length} bytes");
        while (_end - _start < length + 2)
            await FillAsync(ct);
        var text = Encoding.UTF8.GetString(_buffer, _start, (int)length);
        _start += (int)length + 2;
        return text;
    }

    private async ValueTask FillAsync(CancellationToken ct)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), ct);
        if (read == 0)
            throw new EndOfStreamException("the server closed the connection");
        _end += read;
    }
}
