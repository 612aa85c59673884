using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Cli.Trial;

/// <summary>
/// The programs that are installed. Each runs in namespaces of its own: without a network, because HAProxy looks names up while it only checks;
/// on a view of the file system where nothing that it writes reaches a disk, because HAProxy replaces a ring's backing file and Redis the file
/// that stands in its socket's place; and as the only process family, which ends with it.
/// </summary>
/// <param name="root">The root directory that they stand in; empty for this computer's.</param>
internal sealed partial class InstalledPrograms(string root = "") : IPrograms
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    // An account that is not root has none of the sbin directories in its path.
    private static readonly string[] Directories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    private const string NoView = "no view of the file system could be made";

    // $0 the interface: keepalived does not accept one that is not there. $1 the private directory, $2 the root that is seen. What is written lands
    // in memory; where the kernel gives an account that is not root no such view, all but the private directory is read only, which a program
    // may say of a file that it would write.
    private const string Sandbox = $$"""
        ip link add "$0" type veth && ip link set "$0" up
        over=$1/over root=$1/over/root text=$1/text lower=$2
        shift 2
        base() { mount --make-rprivate / && mount -t tmpfs -o mode=755 tmpfs "$over" && mkdir "$over/upper" "$over/work" "$root"; }
        layered() {
            mount -t overlay -o "lowerdir=$lower,upperdir=$over/upper,workdir=$over/work" overlay "$root" &&
            mount -t tmpfs -o mode=755 tmpfs "$root/dev" && for device in null zero random urandom; do
                touch "$root/dev/$device" && mount --bind "/dev/$device" "$root/dev/$device" || return 1
            done &&
            mkdir -p "$root$text" "$root/proc" && mount -t proc -o ro proc "$root/proc"
        }
        read_only() {
            mount --rbind "$lower" "$root" &&
            while read -r _ _ _ _ point options _; do
                case $point in "$root" | "$root"/*) mount -o "remount,bind,ro,${options#rw,}" "$(printf %b "$point")" || return 1 ;; esac
            done < /proc/self/mountinfo
        }
        why=$({ base && { layered || read_only; } && mount --bind "$text" "$root$text"; } 2>&1) || { echo "{{NoView}}: $why" >&2; exit 1; }
        cd / && exec chroot "$root" "$@"
        """;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

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
        var directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"redishabake-{Guid.NewGuid():N}"), OwnerOnly).FullName;
        try
        {
            // Under the same name inside and outside.
            var texts = Directory.CreateDirectory(directory + "/text", OwnerOnly).FullName;
            Directory.CreateDirectory(directory + "/over", OwnerOnly);
            var file = texts + "/text";
            Write(file, text(texts));
            Write(Path.Combine(texts, ConfigTrial.UsersFile), "");
            var (exitCode, words, obstacle) = Run(
                [.. Isolated(), "sh", "-c", Sandbox, networkInterface, directory, root.Length > 0 ? root : "/", Find(reader)!, .. Options(reader), file], directory);
            if (obstacle is null && (words.Contains("unshare: ", StringComparison.Ordinal) || words.Contains(NoView, StringComparison.Ordinal)))
                obstacle = "this account may not make a network and a view of the file system of its own to run it in (`unshare --net --mount`)";
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

    private static readonly string[] Namespaces = ["--net", "--mount", "--pid", "--fork", "--kill-child"];

    private static string[] Isolated() => Environment.IsPrivilegedProcess ? ["unshare", .. Namespaces] : ["unshare", "--user", "--map-root-user", .. Namespaces];

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
