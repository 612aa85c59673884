using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>The files under /etc/sysctl.d and /etc/tmpfiles.d as the programs that apply them at boot read them.</summary>
public sealed class KernelFilesTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("redishabake-kernel-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Sysctl_would_set_every_key()
    {
        var file = SysctlConf.File(SamplePlan.Tutorial());
        var path = Write(file);
        var (exitCode, output) = RealProgram.Run("sysctl", "--dry-run", "--load", path);
        Assert.True(exitCode == 0, output);
        foreach (var (key, value) in SamplePlan.Tutorial().Kernel.Sysctl)
            Assert.Contains($"{key} = {value}", output);
    }

    [Fact]
    public void Tmpfiles_switches_huge_pages_off()
    {
        var path = Write(HugepagesConf.File(SamplePlan.Tutorial()));
        var enabled = Write(new(HugepagesConf.Switch, "always [madvise] never\n"));
        var (exitCode, output) = RealProgram.Run("systemd-tmpfiles", "--create", "--root=" + root, path);
        Assert.True(exitCode == 0, output);
        Assert.StartsWith("never", File.ReadAllText(enabled));
    }

    [Fact]
    public void A_container_without_the_switch_still_boots_without_a_failed_unit()
    {
        var path = Write(HugepagesConf.File(SamplePlan.Tutorial()));
        var (exitCode, output) = RealProgram.Run("systemd-tmpfiles", "--create", "--root=" + root, path);
        Assert.True(exitCode == 0, output);
    }

    private string Write(ManagedFile file)
    {
        var path = root + file.Path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, file.Content);
        return path;
    }
}
