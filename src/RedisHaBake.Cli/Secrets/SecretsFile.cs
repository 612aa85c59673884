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
/// <param name="Exposed">Whether other accounts can read it.</param>
/// <param name="Source">The file as it was read, for problems.</param>
internal sealed record SecretsFile(ClusterSecrets Secrets, bool Made, bool Exposed, SpecSource Source)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private const UnixFileMode Others = (UnixFileMode)0b_000_111_111;

    // The worked examples share such a file; its passwords are for show, and everybody may read it.
    private const string ExampleSuffix = ".example.yaml";

    /// <summary>The file's path: the spec's word, or the spec's own name with .secrets.yaml.</summary>
    public static string PathFor(string specPath, ClusterSpec spec)
    {
        var directory = Path.GetDirectoryName(specPath) ?? "";
        return spec.SecretsFile.Length > 0
            ? Path.Combine(directory, spec.SecretsFile)
            : Path.Combine(directory, Path.GetFileNameWithoutExtension(specPath) + ".secrets.yaml");
    }

    /// <summary>Whether the file says by its name that its passwords are for show.</summary>
    public static bool IsExample(string path) => path.EndsWith(ExampleSuffix, StringComparison.Ordinal);

    /// <summary>Reads the file, or makes what is missing in memory; nothing is written.</summary>
    public static SecretsFile Read(string path, ClusterSpec spec, ProblemList problems)
    {
        var source = FileType.Of(path) is not null ? YamlFile.Read(path, problems, secrets: true) : new SpecSource(path, [], null);
        if (source.Lines.Count > 0 && source.Lines.All(string.IsNullOrWhiteSpace) && !problems.HasErrors)
            SecretsReader.Refuse("the file of the passwords is empty", SpecPath.Root, problems);
        var secrets = SecretsReader.Read(source.Root, spec, Make, problems, out var made);
        return new(secrets, made, source.Root is not null && !problems.HasErrors && IsExposed(path, problems), source);
    }

    /// <summary>Writes what was made, and takes the file from other accounts' eyes where it was not 0600.</summary>
    /// <returns>False, and nothing is written, where another run has made the file meanwhile: its passwords are the cluster's now.</returns>
    public bool Keep(string path, string cluster)
    {
        AtomicFile.RemoveLeftovers(path);
        if (Made && Source.Root is null)
            return AtomicFile.TryCreate(path, SecretsText.Complete(Source, Secrets, cluster), AtomicFile.Private);
        if (Made)
            AtomicFile.Write(path, SecretsText.Complete(Source, Secrets, cluster), AtomicFile.Private);
        else if (Exposed)
            AtomicFile.SetMode(path, AtomicFile.Private);
        return true;
    }

    private static bool IsExposed(string path, ProblemList problems)
    {
        var mode = File.GetUnixFileMode(path);
        if ((mode & Others) == UnixFileMode.None || IsExample(path))
            return false;
        problems.Add(
            "W605",
            SpecPath.Root,
            $"other accounts of this computer can read the passwords in {path}",
            $"expected mode 0600; it is 0{Convert.ToString((int)mode, 8)}",
            $"chmod 600 {path} (`generate` and `secrets` do it too); change passwords that somebody may have read");
        return true;
    }

    /// <summary>Thirty-two letters and digits from the system's random source.</summary>
    private static string Make() => RandomNumberGenerator.GetString(Alphabet, 32);
}
