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

    private const UnixFileMode Others = (UnixFileMode)0b_000_111_111;

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
        var source = Path.Exists(path) ? YamlFile.Read(path, problems) : new SpecSource(path, [], null);
        var secrets = SecretsReader.Read(source.Root, spec, Make, problems, out var made);
        return new(secrets, made, source);
    }

    /// <summary>Writes what was made, and takes the file from other accounts' eyes where it was not 0600.</summary>
    public void Keep(string path, string cluster)
    {
        if (Made)
            AtomicFile.Write(path, SecretsText.Complete(Source, Secrets, cluster), AtomicFile.Private);
        else if ((File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            File.SetUnixFileMode(path, AtomicFile.Private);
    }

    /// <summary>Thirty-two letters and digits from the system's random source.</summary>
    private static string Make() => RandomNumberGenerator.GetString(Alphabet, 32);
}
