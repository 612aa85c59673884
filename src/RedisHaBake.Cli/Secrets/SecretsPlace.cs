using RedisHaBake.Cli.Files;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli.Secrets;

/// <summary>E606 and E607: a place where no passwords can be kept, said before anything is made.</summary>
internal static class SecretsPlace
{
    private static readonly SpecPath Key = SpecPath.Of("secrets");

    /// <summary>Whether the file at <paramref name="path"/> may hold the passwords; adds a problem where not.</summary>
    public static bool Check(string specPath, string path, ProblemList problems)
    {
        if (FileType.AreOne(specPath, path))
        {
            problems.Add(
                "E606",
                Key,
                "the spec itself is named as the file of the passwords",
                "expected another file: the spec is shown and shared, passwords are not",
                "remove the line (the passwords go beside the spec), or write another file's name");
            return false;
        }

        var directory = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        var found = FileType.Of(directory);
        if (found == FileType.Directory)
            return true;
        problems.Add(
            "E607",
            Key,
            found is null ? $"there is no directory {directory} for the passwords" : $"{directory}, which shall hold the passwords, is {found}",
            "expected a file in a directory that is there",
            found is null ? $"mkdir -m 700 {directory}, or write a path relative to the spec's own directory" : "write the path of a file in a directory");
        return false;
    }
}
