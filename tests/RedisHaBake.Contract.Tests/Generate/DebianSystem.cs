using System.Security.Cryptography;
using System.Text;
using RedisHaBake.Contract.Tests.Render;
using RedisHaBake.Model.Engines;

namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>
/// One Debian's own programs on a machine that may be something else: a root filesystem made by mmdebstrap, kept in the cache, and each
/// program run in it by chroot. Needs root.
/// </summary>
public abstract class DebianSystem : IDisposable
{
    private const string Common = "cloud-init,haproxy,keepalived,nftables,procps,systemd,redis-server,redis-sentinel";

    private static readonly string Cache = Path.Combine(Environment.GetEnvironmentVariable("REDISHABAKE_LAB_CACHE") ?? "/var/cache/redishabake", "contract");

    private readonly string inside = $"/tmp/redishabake-{Guid.NewGuid():N}";

    protected DebianSystem(string suite, string more)
    {
        var packages = Common + more;
        Root = Path.Combine(Cache, $"{suite}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(packages)))[..8]}");
        Directory.CreateDirectory(Cache);
        using (Lock())
        {
            if (!Directory.Exists(Root))
                Make(suite, packages);
        }

        Directory.CreateDirectory(Root + inside);
    }

    /// <summary>The root filesystem.</summary>
    public string Root { get; }

    /// <summary>Whether its archive has this engine.</summary>
    public bool Has(EngineLayout layout) => File.Exists(Root + layout.ServerBinary);

    /// <summary>A file that the programs see.</summary>
    /// <returns>Its path inside.</returns>
    public string Write(string name, string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var path = $"{inside}/{name}";
        Directory.CreateDirectory(Path.GetDirectoryName(Root + path)!);
        File.WriteAllText(Root + path, content);
        File.SetUnixFileMode(Root + path, mode);
        return path;
    }

    /// <summary>Runs a program to its end.</summary>
    public (int ExitCode, string Output) Run(string program, params IReadOnlyList<string> arguments)
        => RealProgram.Run("chroot", [Root, program, .. arguments]);

    /// <summary>Runs a program that may take its time.</summary>
    public (int ExitCode, string Output) Run(TimeSpan limit, string program, params IReadOnlyList<string> arguments)
        => RealProgram.Run("chroot", limit, [Root, program, .. arguments]);

    /// <summary>Runs a program that looks into /proc, with one of its own.</summary>
    public (int ExitCode, string Output) RunWithProc(string program, params IReadOnlyList<string> arguments)
        => RealProgram.Run("unshare", ["--pid", "--fork", "--kill-child", $"--mount-proc={Root}/proc", "chroot", Root, program, .. arguments]);

    public void Dispose()
    {
        Directory.Delete(Root + inside, recursive: true);
        GC.SuppressFinalize(this);
    }

    private void Make(string suite, string packages)
    {
        var made = Root + ".new";
        if (Directory.Exists(made))
            Directory.Delete(made, recursive: true);
        var (exitCode, output) = RealProgram.Run("mmdebstrap", TimeSpan.FromMinutes(5), ["--quiet", "--variant=minbase", "--include=" + packages, suite, made]);
        Assert.True(exitCode == 0, $"{suite} could not be made (mmdebstrap, as root, with Debian's archive in reach): " + output);
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
