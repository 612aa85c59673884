using System.Runtime.CompilerServices;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>The script that keepalived runs, as it stands in the package's layout.</summary>
internal static class CheckProxy
{
    /// <summary>The tree that the package installs.</summary>
    public static string PackageRoot { get; } = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(ThisFile())!, "../../../images/deb"));

    public static string Path => PackageRoot + "/usr/lib/redishabake/check-proxy";

    /// <summary>Whether keepalived would call the proxy healthy.</summary>
    public static bool Says(string address, int port, string path)
    {
        // The script asks 127.0.0.1; on loopback every node of a test has another address in its place.
        var copy = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllText(copy, File.ReadAllText(Path).Replace("/dev/tcp/127.0.0.1/", $"/dev/tcp/{address}/"));
            return RealProgram.Run("bash", copy, $"{port}", path).ExitCode == 0;
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
