using RedisHaBake.Resp;

namespace RedisHaBake.Lab.Recording;

/// <summary>Reads every key with a prefix.</summary>
internal static class KeySpace
{
    /// <summary>For each reply; a whole SCAN page may wait behind a busy server.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    /// <summary>All keys that begin with <paramref name="prefix"/>, and their values.</summary>
    public static IReadOnlyDictionary<string, string> Read(RespEndpoint endpoint, string prefix)
    {
        using var connection = RespClient.ConnectAsync(endpoint, Patience).GetAwaiter().GetResult();
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        var cursor = "0";
        do
        {
            var page = connection.CallAsync("SCAN", cursor, "MATCH", prefix + "*", "COUNT", "2000").GetAwaiter().GetResult().OrThrow();
            cursor = page.Items[0].AsText();
            var keys = page.Items[1].Items.Select(k => k.Text).ToList();
            if (keys.Count == 0)
                continue;
            var values = connection.CallAsync(["MGET", .. keys], CancellationToken.None).GetAwaiter().GetResult().OrThrow().Items;
            for (var i = 0; i < keys.Count; i++)
            {
                if (!values[i].IsNull)
                    found[keys[i]] = values[i].Text;
            }
        }
        while (cursor != "0");
        return found;
    }
}
