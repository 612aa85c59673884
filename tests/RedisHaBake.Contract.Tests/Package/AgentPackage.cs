using System.Globalization;
using System.Runtime.CompilerServices;
using RedisHaBake.Contract.Tests.Render;

namespace RedisHaBake.Contract.Tests.Package;

/// <summary>The agent's .deb as <c>make deb</c> leaves it, and its files unpacked.</summary>
public sealed class AgentPackage : IDisposable
{
    /// <summary>Finds and unpacks the package.</summary>
    public AgentPackage()
    {
        var artifacts = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../artifacts"));
        var found = Directory.Exists(artifacts) ? Directory.GetFiles(artifacts, "redishabake-agent_*_amd64.deb") : [];
        Assert.True(found.Length == 1, $"expected one redishabake-agent_*_amd64.deb in {artifacts}, found {found.Length}; run: make clean deb");
        Deb = found[0];
        Must("dpkg-deb", "--raw-extract", Deb, Root);
    }

    /// <summary>The path of the .deb.</summary>
    public string Deb { get; }

    /// <summary>Where its files are unpacked.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("redishabake-deb-").FullName;

    /// <summary>The agent's binary.</summary>
    public string Binary => Root + "/usr/bin/redishabake-agent";

    /// <summary>One field of the package's control data.</summary>
    public string Field(string name) => Must("dpkg-deb", "--field", Deb, name).Trim();

    /// <summary>The size of the .deb in bytes.</summary>
    public long Packed => new FileInfo(Deb).Length;

    /// <summary>What it takes on disk, in bytes.</summary>
    public long Installed => 1024 * long.Parse(Field("Installed-Size"), CultureInfo.InvariantCulture);

    /// <summary>A text file of the package.</summary>
    public string Text(string path) => path.EndsWith(".gz", StringComparison.Ordinal) ? Must("gzip", "-dc", Root + path) : File.ReadAllText(Root + path);

    /// <summary>Removes the unpacked files.</summary>
    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>Runs a program that must succeed; what it said.</summary>
    internal static string Must(string program, params IReadOnlyList<string> arguments)
    {
        var (exitCode, output) = RealProgram.Run(program, TimeSpan.FromMinutes(6), arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}: {output}");
        return output;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
