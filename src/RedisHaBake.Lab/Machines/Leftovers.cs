using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Scripts;

namespace RedisHaBake.Lab.Machines;

/// <summary>What a lab leaves on disk when its guard was killed too, or the computer went down.</summary>
internal static class Leftovers
{
    /// <summary>Removes the files and cgroups of every lab that no longer runs; returns their names.</summary>
    public static async Task<IReadOnlyList<string>> RemoveAsync(LabPaths paths, CancellationToken ct = default)
    {
        if (!Directory.Exists(paths.State))
            return [];
        List<string> removed = [];
        foreach (var directory in Directory.GetDirectories(paths.State))
        {
            var state = LabState.Read(directory);
            // A directory without a state is one that is just being made, or long since broken.
            if (state is { IsAlive: true } || (state is null && Directory.GetCreationTimeUtc(directory) > DateTime.UtcNow.AddMinutes(-1)))
                continue;
            await RemoveAsync(paths, Path.GetFileName(directory), ct);
            removed.Add(Path.GetFileName(directory));
        }

        return removed;
    }

    /// <summary>Removes the files and cgroups of one lab, whose processes have ended.</summary>
    public static Task RemoveAsync(LabPaths paths, string lab, CancellationToken ct = default)
        => HostCommand.RequireAsync(["bash", "-c", LabScripts.Cleanup, "redishabake-lab-cleanup", lab, paths.Of(lab)], "", ct);
}
