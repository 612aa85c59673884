using RedisHaBake.Contract.Tests.Render;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;

namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>What the worked examples say to systemd and to the kernel, as Debian 12 and 13 read it.</summary>
public sealed class WorkedMachinesTests(WorkedSpecs specs, Debian12 bookworm, Debian13 trixie)
    : IClassFixture<WorkedSpecs>, IClassFixture<Debian12>, IClassFixture<Debian13>
{
    public static TheoryData<string> Specs => [.. WorkedSpecs.Names.Where(n => n.EndsWith("baked", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Specs))]
    public void Systemd_of_its_Debian_accepts_every_unit_and_drop_in_without_a_remark(string name)
    {
        var debian = Its(name);
        foreach (var plan in specs.OnePerRole(name).Select(n => n.Plan))
        {
            // With the firewall, whether or not the example has one; the agent's package is not installed where this runs.
            var files = ManagedFiles.For(plan with { Firewall = new(true, []) }, Host(plan)).Where(f => f.Path.StartsWith("/etc/systemd/system/", StringComparison.Ordinal)).ToList();
            var directory = $"{plan.Cluster}-{plan.Node}-units";
            var units = files.Select(f => f.Path.Split('/')[4]).Select(f => f.EndsWith(".d", StringComparison.Ordinal) ? f[..^2] : f).Distinct().ToList();
            foreach (var unit in units)
            {
                var packaged = new[] { debian.Root + "/usr/lib/systemd/system/" + unit, CheckProxy.PackageRoot + "/usr/lib/systemd/system/" + unit }.FirstOrDefault(File.Exists);
                if (packaged is not null)
                    debian.Write($"{directory}/{unit}", WithoutAgent(File.ReadAllText(packaged)), ForAll);
            }

            foreach (var file in files)
                debian.Write($"{directory}/{file.Path["/etc/systemd/system/".Length..]}", WithoutAgent(file.Content), ForAll);
            var inside = Path.GetDirectoryName(debian.Write($"{directory}/none", ""))!;
            var (exitCode, output) = debian.RunWithProc(
                "/usr/bin/env",
                [$"SYSTEMD_UNIT_PATH={inside}:/usr/lib/systemd/system", "systemd-analyze", "verify", "--man=no", .. units.Select(u => $"{inside}/{u}")]);

            var ours = output.Split('\n').Where(l => l.Contains(inside) || units.Any(l.Contains));
            Assert.True(exitCode == 0 && !ours.Any(), output);
        }
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void Sysctl_and_tmpfiles_of_its_Debian_read_every_kernel_setting(string name)
    {
        var debian = Its(name);
        var plan = specs[name].Nodes[0].Plan;
        var (sysctl, said) = debian.RunWithProc("sysctl", "--dry-run", "--load", debian.Write("sysctl.conf", SysctlConf.Render(plan)));
        Assert.True(sysctl == 0, said);
        Assert.All(plan.Kernel.Sysctl, setting => Assert.Contains($"{setting.Key} = {setting.Value}", said));

        var tree = Path.GetDirectoryName(debian.Write("tree" + HugepagesConf.Switch, "always [madvise] never\n"))!;
        tree = tree[..tree.IndexOf("/sys/", StringComparison.Ordinal)];
        var (tmpfiles, remarks) = debian.RunWithProc("systemd-tmpfiles", "--create", "--root=" + tree, debian.Write("hugepages.conf", HugepagesConf.Render(plan)));
        Assert.True(tmpfiles == 0, remarks);
        Assert.StartsWith(plan.Kernel.TransparentHugepages, File.ReadAllText(debian.Root + tree + HugepagesConf.Switch));
    }

    // systemd remarks on a unit that not everybody may read.
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static string WithoutAgent(string unit) => unit.Replace("/usr/bin/redishabake-agent", "/bin/true");

    private static HostFacts Host(NodePlan plan) => new(plan.Self.Address, "eth0", new(plan.Engine.Major, 0, 0), new(3, 0, 11), LifeMark: RedisConf.Blank);

    private DebianSystem Its(string name) => name.Contains("debian-12") ? bookworm : trixie;
}
