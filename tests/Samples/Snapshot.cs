using System.Runtime.CompilerServices;

namespace RedisHaBake.Samples;

/// <summary>
/// Compares a text with the file beside the test, by Verify's own convention (Test.Name.verified.txt / .received.txt), so that
/// Verify can take over. On a difference the received file is left: look at it, and rename it to .verified.txt if it is right.
/// </summary>
public static class Snapshot
{
    public static void Match(string text, string name, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "")
    {
        var path = Path.Combine(
            Path.GetDirectoryName(testFile)!,
            $"{Path.GetFileNameWithoutExtension(testFile)}.{test}{(name.Length == 0 ? "" : "_" + name)}");
        var verified = path + ".verified.txt";
        var received = path + ".received.txt";
        var expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (expected == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"{received} differs from {verified}; if the new text is right, move it over the old one.\n{FirstDifference(expected, text)}");
    }

    private static string FirstDifference(string expected, string found)
    {
        var before = expected.Split('\n');
        var after = found.Split('\n');
        var line = before.Zip(after).TakeWhile(p => p.First == p.Second).Count();
        return $"line {line + 1}\nexpected: {At(before, line)}\n   found: {At(after, line)}";
    }

    private static string At(string[] lines, int i) => i < lines.Length ? lines[i] : "(end of text)";
}
