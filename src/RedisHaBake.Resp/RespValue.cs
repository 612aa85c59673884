using System.Globalization;

namespace RedisHaBake.Resp;

/// <summary>One reply of a Redis or Sentinel.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Text of a simple string, an error or a bulk string (UTF-8); empty otherwise.</param>
/// <param name="Number">Value of an integer; 0 otherwise.</param>
/// <param name="Items">Elements of an array; empty otherwise.</param>
public sealed record RespValue(RespKind Kind, string Text, long Number, IReadOnlyList<RespValue> Items)
{
    /// <summary>The null reply.</summary>
    public static RespValue Null { get; } = new(RespKind.Null, "", 0, []);

    /// <summary>Whether the server refused the command.</summary>
    public bool IsError => Kind == RespKind.Error;

    /// <summary>Whether the reply is null.</summary>
    public bool IsNull => Kind == RespKind.Null;

    /// <summary>Whether the reply is the status OK.</summary>
    public bool IsOk => Kind == RespKind.Simple && Text == "OK";

    /// <summary>The error's first word, such as NOGOODSLAVE, or empty.</summary>
    public string ErrorCode => IsError ? Text.Split(' ', 2)[0] : "";

    /// <summary>This reply, if it is no error.</summary>
    /// <exception cref="RespException">The server answered with an error.</exception>
    public RespValue OrThrow() => IsError ? throw new RespException(Text) : this;

    /// <summary>A flat array of names and values, as SENTINEL MASTER and CONFIG GET answer; later duplicates win.</summary>
    public IReadOnlyDictionary<string, string> AsPairs()
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < Items.Count; i += 2)
            pairs[Items[i].AsText()] = Items[i + 1].AsText();
        return pairs;
    }

    /// <summary>The value as text, whatever its kind; an array is its elements in brackets.</summary>
    public string AsText() => Kind switch
    {
        RespKind.Integer => Number.ToString(CultureInfo.InvariantCulture),
        RespKind.Array => "[" + string.Join(", ", Items.Select(i => i.AsText())) + "]",
        _ => Text,
    };

    /// <summary>The value as a whole number; an integer reply or a string of digits.</summary>
    /// <exception cref="RespException">It is neither.</exception>
    public long AsNumber() => Kind == RespKind.Integer ? Number
        : long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n
        : throw new RespException($"expected a number, the server answered {AsText()}");
}
