using System.Globalization;

namespace RedisHaBake.Agent.Cluster;

/// <summary>The reply of INFO as fields.</summary>
public sealed class RedisInfo
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>Reads "name:value" lines; section headings are passed over.</summary>
    public RedisInfo(string text)
    {
        foreach (var line in text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line[0] != '#' && colon > 0)
                _fields[line[..colon]] = line[(colon + 1)..];
        }
    }

    /// <summary>The field's text, or empty where it is missing.</summary>
    public string this[string field] => _fields.GetValueOrDefault(field, "");

    /// <summary>The field as a whole number, or 0 where it is missing.</summary>
    public long Number(string field)
        => long.TryParse(this[field], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : 0;

    /// <summary>Whether any database has a key.</summary>
    public bool HasKeys => _fields.Keys.Any(k => k.StartsWith("db", StringComparison.Ordinal) && char.IsAsciiDigit(k[^1]));
}
