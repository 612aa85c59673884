using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>The drop-ins on the distribution's own units, as systemd reads them.</summary>
public sealed class UnitDropInTests : IDisposable
{
    private static readonly string[] Packaged =
        ["redis-server.service", "redis-sentinel.service", "haproxy.service", "keepalived.service"];

    private readonly string units = Directory.CreateTempSubdirectory("redishabake-units-").FullName;

    public void Dispose() => Directory.Delete(units, recursive: true);

    [Theory]
    [InlineData("three all-in-one")]
    [InlineData("a Sentinel without Redis")]
    [InlineData("a proxy alone")]
    [InlineData("pinned")]
    public void Systemd_accepts_them_without_a_remark(string node)
    {
        var plan = node switch
        {
            "three all-in-one" => SampleLayouts.ThreeAllInOne(),
            "a Sentinel without Redis" => SampleLayouts.TwoDataAndWitness("witness"),
            "a proxy alone" => SampleLayouts.SeparateProxies("proxy-a"),
            _ => SampleLayouts.Pinned(),
        };
        foreach (var unit in Packaged)
            File.Copy("/lib/systemd/system/" + unit, $"{units}/{unit}");
        foreach (var unit in Directory.GetFiles(CheckProxy.PackageRoot + "/usr/lib/systemd/system"))
            Write(Path.GetFileName(unit), File.ReadAllText(unit));
        var dropIns = UnitDropIns.For(plan);
        foreach (var file in dropIns)
            Write(file.Path["/etc/systemd/system/".Length..], file.Content);

        string[] changed = [.. dropIns.Select(f => Path.GetFileName(Path.GetDirectoryName(f.Path)!)[..^2])];
        var (exitCode, output) = RealProgram.Run(
            "env", ["SYSTEMD_UNIT_PATH=" + units + ":/lib/systemd/system", "systemd-analyze", "verify", "--man=no", .. changed.Select(u => $"{units}/{u}")]);

        var ours = output.Split('\n').Where(l => l.Contains(units) || Packaged.Append("redishabake").Any(l.Contains));
        Assert.True(exitCode == 0 && !ours.Any(), output);
    }

    [Fact]
    public void A_shutdown_stops_Redis_first_and_HAProxy_after_keepalived()
    {
        var files = UnitDropIns.For(SampleLayouts.ThreeAllInOne()).ToDictionary(f => f.Path, f => f.Content);
        var redis = files[UnitDropIns.PathOf("redis-server.service")].Split('\n');
        Assert.Contains(redis, l => l.StartsWith("After=", StringComparison.Ordinal)
            && Packaged[1..].All(u => l.Split(' ', '=').Contains(u)) && !l.Contains("redishabake-join"));
        Assert.Contains("After=haproxy.service", files[UnitDropIns.PathOf("keepalived.service")]);
    }

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName($"{units}/{name}")!);

        // The agent is not installed where this test runs.
        File.WriteAllText($"{units}/{name}", content.Replace("/usr/bin/redishabake-agent", "/bin/true"));
    }
}
