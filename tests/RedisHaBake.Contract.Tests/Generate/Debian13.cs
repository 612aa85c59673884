using RedisHaBake.Contract.Tests.Render;

namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>
/// Debian 13's own programs on a machine that is something else: a root filesystem made by mmdebstrap, kept in the cache, and each
/// program run in it by chroot. Needs root.
/// </summary>
public sealed class Debian13 : IDisposable
{
    private const string Packages = "cloud-init,haproxy,keepalived,redis-server,redis-sentinel,valkey-server,valkey-sentinel";

    private static readonly string Cache = Path.Combine(Environment.GetEnvironmentVariable("REDISHABAKE_LAB_CACHE") ?? "/var/cache/redishabake", "contract");

    private readonly string inside = $"/tmp/redishabake-{Guid.NewGuid():N}";

    public Debian13()
    {
        Directory.CreateDirectory(Cache);
        using (Lock())
        {
            if (!Directory.Exists(Root))
                Make();
        }

        Directory.CreateDirectory(Root + inside);
    }

    /// <summary>The root filesystem.</summary>
    public static string Root { get; } = Path.Combine(Cache, "trixie");

    /// <summary>A file that the programs see.</summary>
    /// <returns>Its path inside.</returns>
    public string Write(string name, string content)
    {
        var path = $"{inside}/{name}";
        Directory.CreateDirectory(Path.GetDirectoryName(Root + path)!);
        File.WriteAllText(Root + path, content);
        File.SetUnixFileMode(Root + path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output) Run(string program, params IReadOnlyList<string> arguments)
        => RealProgram.Run("chroot", [Root, program, .. arguments]);

    public void Dispose() => Directory.Delete(Root + inside, recursive: true);

    private static void Make()
    {
        var made = Root + ".new";
        if (Directory.Exists(made))
            Directory.Delete(made, recursive: true);
        var (exitCode, output) = RealProgram.Run("mmdebstrap", TimeSpan.FromMinutes(5), ["--quiet", "--variant=minbase", "--include=" + Packages, "trixie", made]);
        Assert.True(exitCode == 0, "Debian 13 could not be made (mmdebstrap, as root, with Debian's archive in reach): " + output);
        Directory.Move(made, Root);
    }

    private static FileStream Lock()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(Path.Combine(Cache, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < 600)
            {
                Thread.Sleep(500);
            }
        }
    }
}
