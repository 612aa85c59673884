using System.Text;
using RedisHaBake.Cli.Files;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli.Yaml;

/// <summary>Reads a YAML file into values with places, or says in one problem why that cannot be.</summary>
internal static class YamlFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the file at <paramref name="path"/>; its <see cref="SpecSource.Root"/> is null where <paramref name="problems"/> got the reason.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problems">Gets what is wrong with it.</param>
    /// <param name="secrets">Whether it is the file of passwords: it may be empty, and no message shows what it says.</param>
    public static SpecSource Read(string path, ProblemList problems, bool secrets = false)
    {
        byte[] bytes;
        try
        {
            if (FileType.Of(path) is { } strange and not FileType.File)
                return Refuse(path, problems, "E001", $"{path} is {strange}", "expected a YAML file", strange == FileType.Directory ? "name the file inside it" : "name a regular file");
            using var file = File.OpenRead(path);
            bytes = new byte[YamlLimits.Bytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > YamlLimits.Bytes)
                return Refuse(path, problems, "E002", $"{path} is larger than 1 MiB", "expected a file of a few KiB", "check that this is the right file");
            Array.Resize(ref bytes, length);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Refuse(path, problems, "E001", $"{path} does not exist", "expected a YAML file", "check the path, or write a starter with `redishabake init`");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(path, problems, "E001", $"{path} cannot be read: {UnwritableException.SystemWords(e)}", "expected a file that this user may read", "check the path and the file's permissions");
        }

        return Parse(path, bytes, problems, secrets);
    }

    /// <summary>Reads <paramref name="bytes"/> as the content of a file called <paramref name="name"/>.</summary>
    public static SpecSource Parse(string name, byte[] bytes, ProblemList problems, bool secrets = false)
    {
        string text;
        try
        {
            text = Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return NotUtf8(name, bytes, problems);
        }

        if (text.StartsWith('\uFEFF'))
            text = text[1..];
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return new(name, lines, HasControls(lines, problems) ? null : YamlTree.Read(text, problems, secrets));
    }

    // YAML forbids them unescaped; the parser takes them.
    private static bool HasControls(string[] lines, ProblemList problems)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var at = lines[i].AsSpan().IndexOfAnyInRange('\0', '\b');
            if (at < 0)
                at = lines[i].AsSpan().IndexOfAnyInRange('\n', '\u001F');
            if (at < 0)
                continue;
            problems.Add(
                "E003",
                SpecPath.Root,
                $"a control character, U+{(int)lines[i][at]:X4}",
                "expected text",
                "remove it, or check that this is the right file",
                new Span(i + 1, at + 1, 1));
            return true;
        }

        return false;
    }

    private static SpecSource NotUtf8(string name, byte[] bytes, ProblemList problems)
    {
        var at = FirstBadByte(bytes);
        var line = bytes.AsSpan(0, at).Count((byte)'\n') + 1;
        var lines = Encoding.Latin1.GetString(bytes).ReplaceLineEndings("\n").Split('\n');
        var column = at - bytes.AsSpan(0, at).LastIndexOf((byte)'\n');
        problems.Add(
            "E003",
            SpecPath.Root,
            $"byte 0x{bytes[at]:X2} is not UTF-8",
            "expected UTF-8 text",
            $"save the file as UTF-8 (for example: iconv -f latin1 -t utf-8 {name})",
            new Span(line, column, 1));
        return new(name, lines, null);
    }

    private static int FirstBadByte(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var used) == System.Buffers.OperationStatus.Done)
            at += used;
        return at;
    }

    private static SpecSource Refuse(string path, ProblemList problems, string code, string title, string expected, string action)
    {
        problems.Add(code, SpecPath.Root, title, expected, action);
        return new(path, [], null);
    }
}
