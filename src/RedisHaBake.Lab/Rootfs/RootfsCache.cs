using System.Security.Cryptography;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Scripts;

namespace RedisHaBake.Lab.Rootfs;

/// <summary>Root filesystems made once and shared, read-only, by every node of every lab: packages below, the agent's package above.</summary>
public sealed class RootfsCache(LabPaths paths)
{
    // The lab's nodes are told everything by their seed directory; probing for another datasource costs up to two minutes. There
    // is no SSH server inside, and no locale but C.UTF-8.
    private const string CloudConfig = """
        datasource_list: [NoCloud]
        ssh_genkeytypes: []
        locale: false
        """;

    private string Directory => Path.Combine(paths.Cache, "rootfs");

    /// <summary>The overlay's lower directories for a node, topmost first; what is missing is made (the packages take a minute, the agent seconds).</summary>
    /// <param name="recipe">The packages.</param>
    /// <param name="agentPackage">The agent's .deb, or empty for machines without it.</param>
    /// <param name="progress">Told before each long step.</param>
    /// <param name="ct">Gives up; what is half made is removed.</param>
    public async Task<IReadOnlyList<string>> PrepareAsync(RootfsRecipe recipe, string agentPackage, IProgress<string> progress, CancellationToken ct)
    {
        System.IO.Directory.CreateDirectory(Directory);
        await using var only = await LockAsync(ct);
        var packages = await MakeAsync(recipe.Key, path => BootstrapAsync(recipe, path, progress, ct));
        if (agentPackage.Length == 0)
            return [packages];
        var digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(agentPackage, ct)))[..12];
        var layer = await MakeAsync($"{recipe.Key}+{digest}", path => BakeAsync(packages, path, agentPackage, progress, ct));
        await ForgetOldLayersAsync(recipe.Key, layer);
        return [Path.Combine(layer, "upper"), packages];
    }

    private static async Task BootstrapAsync(RootfsRecipe recipe, string path, IProgress<string> progress, CancellationToken ct)
    {
        progress.Report($"making the root filesystem of {recipe.Suite} (once, about a minute)");
        var sources = await AptSources.OfThisMachineAsync(recipe.Suite, ct);
        var scratch = System.IO.Directory.CreateTempSubdirectory("redishabake-rootfs-").FullName;
        var (options, key, preferences) = (Path.Combine(scratch, "options"), Path.Combine(scratch, "key.asc"), Path.Combine(scratch, "preferences"));
        IReadOnlyList<string> lines = sources.Lines;
        try
        {
            // mmdebstrap runs apt as another user.
            File.SetUnixFileMode(scratch, (UnixFileMode)0b111_101_101);
            await File.WriteAllLinesAsync(options, sources.Options, ct);
            if (recipe.Archive is { } archive)
            {
                lines = [.. lines, $"deb [signed-by={key}] {archive.Address} {recipe.Suite} main"];
                await File.WriteAllTextAsync(key, archive.Key, ct);
                await File.WriteAllTextAsync(preferences, archive.Preferences, ct);
                await File.AppendAllTextAsync(options, $"Dir::Etc::Preferences \"{preferences}\";\n", ct);
            }

            await HostCommand.RequireAsync(
                [
                    "mmdebstrap", "--quiet", "--variant=minbase", "--include=" + string.Join(',', recipe.Packages), "--aptopt=" + options,
                    "--customize-hook=rm -f \"$1\"/etc/apt/apt.conf.d/99mmdebstrap",
                    "--customize-hook=: > \"$1\"/etc/machine-id",
                    "--customize-hook=mkdir -p \"$1\"/var/log/journal",
                    // This computer's name server, which a machine does not reach: it would wait for it.
                    "--customize-hook=rm -f \"$1\"/etc/resolv.conf",
                    recipe.Suite, path, "-",
                ],
                string.Join('\n', lines) + "\n",
                ct);
            await File.WriteAllTextAsync(Path.Combine(path, "etc/cloud/cloud.cfg.d/90-redishabake-lab.cfg"), CloudConfig + "\n", ct);
        }
        catch (LabException e) when (e.Message.Contains("apt-get update", StringComparison.Ordinal))
        {
            var servers = sources.Lines.Select(l => l.Split(' ').First(w => w.Contains("://", StringComparison.Ordinal))).Append(recipe.Archive?.Address ?? "").Where(a => a.Length > 0).Distinct();
            throw new LabException(
                $"no root filesystem of {recipe.Suite}: expected its archive to answer this computer's apt, one of these does not: {string.Join(", ", servers)}; "
                + "see to the network or to apt's proxy, or try the cluster on another --suite",
                e);
        }
        finally
        {
            System.IO.Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task BakeAsync(string packages, string path, string agentPackage, IProgress<string> progress, CancellationToken ct)
    {
        progress.Report("baking the agent's package into it");
        await HostCommand.RequireAsync(
            ["unshare", "--mount", "--propagation", "private", "bash", "-c", LabScripts.Layer, "redishabake-lab-layer", packages, path, agentPackage], "", ct);
    }

    private async Task<string> MakeAsync(string key, Func<string, Task> make)
    {
        var path = Path.Combine(Directory, key);
        if (System.IO.Directory.Exists(path))
            return path;
        var partial = path + ".partial";
        await RemoveAsync(partial);
        try
        {
            await make(partial);
            System.IO.Directory.Move(partial, path);
        }
        finally
        {
            await RemoveAsync(partial);
        }

        return path;
    }

    // A new agent at every build would fill the disk. A running lab names its layers in its state; a starting one has them younger than an hour.
    private async Task ForgetOldLayersAsync(string recipeKey, string keep)
    {
        var used = LabState.All(paths).SelectMany(s => s.Layers).ToHashSet(StringComparer.Ordinal);
        foreach (var old in System.IO.Directory.GetDirectories(Directory, recipeKey + "+*"))
        {
            if (old != keep && !used.Contains(Path.Combine(old, "upper")) && System.IO.Directory.GetLastWriteTimeUtc(old) < DateTime.UtcNow.AddHours(-1))
                await RemoveAsync(old);
        }
    }

    private static async Task RemoveAsync(string path)
        => await HostCommand.RequireAsync(["rm", "-rf", "--one-file-system", path]);

    private async Task<FileStream> LockAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Directory, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200, ct);
            }
        }
    }
}
