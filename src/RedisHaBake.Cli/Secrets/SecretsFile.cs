using System.Security.Cryptography;
using RedisHaBake.Cli.Files;
using RedisHaBake.Cli.Yaml;
using RedisHaBake.Model.Secrets;
using RedisHaBake.Model.Spec;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli.Secrets;

/// <summary>The 0600 file beside the spec that keeps a cluster's passwords.</summary>
/// <param name="Secrets">The passwords, those made just now included.</param>
/// <param name="Made">Whether something was made that the file does not have yet.</param>
/// <param name="Source">The file as it was read, for problems.</param>
internal sealed record SecretsFile(ClusterSecrets Secrets, bool Made, SpecSource Source)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The file's path: the spec's word, or the spec's own name with .secrets.yaml.</summary>
    public static string PathFor(string specPath, ClusterSpec spec)
    {
        var directory = Path.GetDirectoryName(specPath) ?? "";
        return spec.SecretsFile.Length > 0
            ? Path.Combine(directory, spec.SecretsFile)
            : Path.Combine(directory, Path.GetFileNameWithoutExtension(specPath) + ".secrets.yaml");
    }

    /// <summary>Reads the file, or makes what is missing in memory; nothing is written.</summary>
    public static SecretsFile Read(string path, ClusterSpec spec, ProblemList problems)
    {
        var source = File.Exists(path) || Directory.Exists(path) ? YamlFile.Read(path, problems) : new SpecSource(path, [], null);
        var secrets = SecretsReader.Read(source.Root, spec, Make, problems, out var made);
        return new(secrets, made, source);
    }

    /// <summary>Writes the file, 0600 from its first byte.</summary>
    public void Write(string path, string cluster) => AtomicFile.Write(path, Text(cluster), AtomicFile.Private);

    /// <summary>Thirty-two letters and digits from the system's random source.</summary>
    public static string Make() => RandomNumberGenerator.GetString(Alphabet, 32);

    private string Text(string cluster)
    {
        var plan = Secrets.Internal;
        var yaml = new YamlText();
        yaml.Comment($"The passwords of cluster {cluster}: made once by redishabake, read at every later run.");
        yaml.Comment("Keep it private (0600) and keep it: a re-created node needs the same ones.");
        yaml.Comment("You may put passwords of your own under `users`; leave `internal` alone.");
        yaml.Table("users", Secrets.Users);
        yaml.Table("internal", new Dictionary<string, string>
        {
            [SecretFields.Replication.Name] = plan.Replication,
            [SecretFields.SentinelToRedis.Name] = plan.SentinelToRedis,
            [SecretFields.SentinelToSentinel.Name] = plan.SentinelToSentinel,
            [SecretFields.HealthCheck.Name] = plan.HealthCheck,
            [SecretFields.Agent.Name] = plan.Agent,
            [SecretFields.Stats.Name] = plan.Stats,
            [SecretFields.ClusterId.Name] = plan.ClusterId,
        });
        return yaml.ToString();
    }
}
