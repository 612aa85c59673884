using RedisHaBake.Cli.Yaml;
using RedisHaBake.Model.Secrets;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli.Secrets;

/// <summary>The text of the secrets file. A person's own lines and comments stay as they are; what is missing goes beside them.</summary>
internal static class SecretsText
{
    /// <summary>The file's text with everything of <paramref name="secrets"/> in it.</summary>
    public static string Complete(SpecSource source, ClusterSecrets secrets, string cluster)
    {
        if (source.Root is not MappingNode root || source.Lines.All(string.IsNullOrWhiteSpace))
            return Whole(secrets, cluster);
        var lines = source.Lines.ToList();
        while (lines.Count > 0 && lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);

        // From the bottom up, so that the line numbers above stay true.
        var tables = new[] { (Key: SecretFields.Users.Name, Table: secrets.Users), (Key: SecretFields.InternalOf.Name, Table: Internal(secrets)) };
        foreach (var (key, table) in tables.OrderByDescending(t => Entry(root, t.Key)?.Key.Span.Line ?? int.MaxValue))
        {
            if (!TryAdd(lines, Entry(root, key), key, table))
                return Whole(secrets, cluster);
        }

        return string.Join('\n', lines) + "\n";
    }

    private static bool TryAdd(List<string> lines, MappingEntry? entry, string key, IReadOnlyDictionary<string, string> table)
    {
        if (entry is null)
        {
            lines.AddRange(Lines(yaml => yaml.Table(key, table)));
            return true;
        }

        if (entry.Value is not MappingNode { Entries: [var first, ..] } mapping || first.Key.Span.Line == entry.Key.Span.Line)
            return false;
        var missing = table.Where(p => !mapping.Entries.Any(e => e.Key.Text == p.Key)).ToDictionary();
        if (missing.Count == 0)
            return true;
        var indent = new string(' ', first.Key.Span.Column - 1);
        lines.InsertRange(first.Key.Span.Line - 1, Lines(yaml => yaml.Table(key, missing)).Skip(1).Select(l => indent + l.TrimStart()));
        return true;
    }

    private static string Whole(ClusterSecrets secrets, string cluster)
    {
        var yaml = new YamlText();
        yaml.Comment($"The passwords of cluster {cluster}: made once by redishabake, read at every later run.");
        yaml.Comment("Keep it private (0600) and keep it: a re-created node needs the same ones.");
        yaml.Comment("You may put passwords of your own under `users`; leave `internal` alone.");
        yaml.Table(SecretFields.Users.Name, secrets.Users);
        yaml.Table(SecretFields.InternalOf.Name, Internal(secrets));
        return yaml.ToString();
    }

    private static Dictionary<string, string> Internal(ClusterSecrets secrets)
    {
        var plan = secrets.Internal;
        return new()
        {
            [SecretFields.Replication.Name] = plan.Replication,
            [SecretFields.SentinelToRedis.Name] = plan.SentinelToRedis,
            [SecretFields.SentinelToSentinel.Name] = plan.SentinelToSentinel,
            [SecretFields.HealthCheck.Name] = plan.HealthCheck,
            [SecretFields.Agent.Name] = plan.Agent,
            [SecretFields.Stats.Name] = plan.Stats,
            [SecretFields.ClusterId.Name] = plan.ClusterId,
        };
    }

    private static MappingEntry? Entry(MappingNode root, string key) => root.Entries.FirstOrDefault(e => e.Key.Text == key);

    private static string[] Lines(Action<YamlText> write)
    {
        var yaml = new YamlText();
        write(yaml);
        return yaml.ToString().TrimEnd('\n').Split('\n');
    }
}
