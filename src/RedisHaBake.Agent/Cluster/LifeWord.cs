using System.Globalization;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Agent.Cluster;

/// <summary>What a data node shows of its past, as its peers read it.</summary>
/// <param name="Life">Whether it was a member, and still has its data.</param>
/// <param name="Lineage">
/// When a person last chose whose dataset the cluster goes on with (recover --from), UTC as yyyyMMddHHmmss; empty where nobody ever had to. The
/// later one sorts behind.
/// </param>
public sealed record LifeWord(Life Life, string Lineage)
{
    private const int LineageLength = 14;

    /// <summary>A lineage that begins now, or just after the last of <paramref name="before"/>, which a clock that was ahead may have given.</summary>
    public static string NewLineage(DateTimeOffset now, IEnumerable<string> before)
    {
        var ours = now.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var last = before.Append("").Max(StringComparer.Ordinal)!;
        return IsLater(ours, last) ? ours : (long.Parse(last, CultureInfo.InvariantCulture) + 1).ToString("D14", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether <paramref name="lineage"/> began after <paramref name="other"/>.</summary>
    public static bool IsLater(string lineage, string other) => string.CompareOrdinal(lineage, other) > 0;

    /// <summary>Reads the value of <see cref="RedisConf.LifeMarkSetting"/>; unknown text is an unknown life.</summary>
    public static LifeWord Parse(string word)
    {
        var dot = word.IndexOf('.', StringComparison.Ordinal);
        var lineage = dot < 0 ? "" : word[(dot + 1)..];
        if (lineage.Length != 0 && (lineage.Length != LineageLength || !lineage.All(char.IsAsciiDigit)))
            lineage = "";
        return new(
            (dot < 0 ? word : word[..dot]) switch
            {
                RedisConf.LifeMarked => Life.Member,
                RedisConf.Lost => Life.Lost,
                RedisConf.Blank => Life.Blank,
                _ => Life.Unknown,
            },
            lineage);
    }

    /// <summary>As it is shown.</summary>
    public override string ToString()
    {
        var life = Life switch
        {
            Life.Member => RedisConf.LifeMarked,
            Life.Lost => RedisConf.Lost,
            _ => RedisConf.Blank,
        };
        return Lineage.Length == 0 ? life : $"{life}.{Lineage}";
    }
}
