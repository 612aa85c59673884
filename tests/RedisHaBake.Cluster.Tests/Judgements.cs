using System.Text.RegularExpressions;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Cluster.Tests;

/// <summary>What every test asks of a verdict, or of a text.</summary>
internal static class Judgements
{
    /// <summary>No acked write of any client is gone, nothing is there that nobody wrote, and every node has everything.</summary>
    public static void NothingLost(this Verdict verdict)
    {
        Assert.True(verdict.Clients.All(c => c.Lost == 0), $"lost: {string.Join(", ", verdict.LostKeys)}");
        Assert.Empty(verdict.Invented);
        Assert.True(verdict.WriteAddress.Acked > 100, $"only {verdict.WriteAddress.Acked} writes were acked");
        Assert.All(verdict.MissingOnNodes, node => Assert.Equal(0, node.Value));
    }

    /// <summary>Whether a text names this very address, not only one that begins or ends like it (10.0.0.7 is no part of 10.0.0.76).</summary>
    public static bool HasAddress(this string text, string address) => Regex.IsMatch(text, $@"(?<![\d.]){Regex.Escape(address)}(?!\.?\d)");

    /// <summary>The longest time without an ack through the write address; the bound is a quiet machine's, three times over.</summary>
    public static async Task GapWithinAsync(this TutorialCluster cluster, double bound, Verdict verdict)
    {
        var gap = verdict.WriteAddress.LongestGapSeconds;
        if (gap > 3 * bound)
            Assert.Fail($"no write was acked for {gap:0.00} s, expected at most {3 * bound:0.00} s; load {File.ReadAllText("/proc/loadavg").Trim()}\n{await cluster.StoryAsync()}");
    }
}
