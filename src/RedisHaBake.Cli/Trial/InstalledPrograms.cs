using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Cli.Trial;

/// <summary>
/// The programs that are installed. Each runs in a network namespace of its own, where there is nothing to reach and nobody to listen for:
/// HAProxy looks names up while it only checks.
/// </summary>
/// <param name="root">The root directory that they stand in; empty for this computer's.</param>
internal sealed partial class InstalledPrograms(string root = "") : IPrograms
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    // An account that is not root has none of the sbin directories in its path.
    private static readonly string[] Directories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    // keepalived does not accept an interface that is not there.
    private const string WithInterface = "ip link add \"$0\" type veth && ip link set \"$0\" up; exec \"$@\"";

    /// <inheritdoc/>
    public Version? Version(Reader reader)
    {
        if (Find(reader) is not { } program)
            return null;
        var (_, words, _) = Run(Inside(program, reader is Reader.Haproxy or Reader.Keepalived ? "-v" : "--version"), "/");
        return VersionPattern().Match(words) is { Success: true } match && System.Version.TryParse(match.Groups["v"].Value, out var version) ? version : null;
    }

    /// <inheritdoc/>
    public Answer Read(Reader reader, Func<string, string> text, string networkInterface)
    {
        // Only its owner may look into it.
        var directory = Directory.CreateDirectory(
            Path.Combine(root.Length > 0 ? root + "/tmp" : Path.GetTempPath(), $"redishabake-{Guid.NewGuid():N}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        try
        {
            var inside = directory[root.Length..];
            var file = inside + "/text";
            Write(root + file, text(inside));
            Write(Path.Combine(directory, ConfigTrial.UsersFile), "");
            var (exitCode, words, obstacle) = Run([.. Isolated(), "sh", "-c", WithInterface, networkInterface, .. Inside(Find(reader)!, [.. Options(reader), file])], directory);
            if (obstacle is null && words.Contains("unshare: ", StringComparison.Ordinal))
                obstacle = "this account may not make a network of its own to run it in (`unshare --net`)";
            words = words.Replace(file, Answer.File, StringComparison.Ordinal);
            var accepted = reader is Reader.Haproxy or Reader.Keepalived ? exitCode == 0 : words.Contains(ConfigTrial.SentinelAccepts, StringComparison.Ordinal);
            return new(accepted, words, obstacle);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Write(string path, string text)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }

    private static string[] Isolated() => Environment.IsPrivilegedProcess ? ["unshare", "--net"] : ["unshare", "--user", "--map-root-user", "--net"];

    // -V: the text says quiet, and what is wrong would not be said either.
    private static string[] Options(Reader reader) => reader switch
    {
        Reader.Haproxy => ["-c", "-V", "-f"],
        Reader.Keepalived => ["--config-test", "--use-file"],
        _ => [],
    };

    private static string Name(Reader reader) => reader switch
    {
        Reader.Haproxy => "haproxy",
        Reader.Keepalived => "keepalived",
        Reader.Redis => "redis-server",
        Reader.Valkey => "valkey-server",
        Reader.RedisSentinel => "redis-sentinel",
        _ => "valkey-sentinel",
    };

    private string? Find(Reader reader) => Directories.Select(d => $"{d}/{Name(reader)}").FirstOrDefault(p => File.Exists(root + p));

    private string[] Inside(string program, params string[] arguments) => root.Length > 0 ? ["chroot", root, program, .. arguments] : [program, .. arguments];

    private static (int ExitCode, string Words, string? Obstacle) Run(string[] command, string directory)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };

        // HAProxy and keepalived put variables into lines, and those of this shell are not the VM's.
        start.Environment.Clear();
        start.Environment["PATH"] = string.Join(':', Directories);
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!Task.WaitAll([output, error, process.WaitForExitAsync()], Limit))
            {
                process.Kill(entireProcessTree: true);
                return (-1, "", $"it did not end within {Limit.TotalSeconds:0} s");
            }

            return (process.ExitCode, output.Result + error.Result, null);
        }
        catch (Win32Exception e)
        {
            return (-1, "", $"{command[0]} cannot be started: {e.Message}");
        }
    }

    // "HAProxy version 2.6.12-1+deb12u4", "Keepalived v2.2.7", "Redis server v=7.0.15".
    [GeneratedRegex(@"(?:version |\bv=?)(?<v>\d+\.\d+(?:\.\d+)?)", RegexOptions.None, 1000)]
    private static partial Regex VersionPattern();
}
