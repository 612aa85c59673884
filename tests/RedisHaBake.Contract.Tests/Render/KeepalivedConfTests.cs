using System.Net.NetworkInformation;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Render;

/// <summary>keepalived.conf as keepalived's own check reads it, with the check script that the agent's package ships.</summary>
public sealed class KeepalivedConfTests
{
    public static TheoryData<string> Layouts => [.. All.Keys];

    private static Dictionary<string, NodePlan> All => new()
    {
        ["three all-in-one"] = SampleLayouts.ThreeAllInOne(),
        ["two data and a witness"] = SampleLayouts.TwoDataAndWitness("redis-b"),
        ["separate proxies"] = SampleLayouts.SeparateProxies("proxy-b"),
        ["five data"] = SampleLayouts.FiveData("redis-e"),
        ["a write address only"] = SampleLayouts.ThreeAllInOne() with
        {
            Addresses = new(AddressMode.Floating, "10.10.90.92", Words.None, Words.None),
        },
        ["peers not yet known"] = SampleLayouts.ThreeAllInOne() with
        {
            Nodes = [.. SampleLayouts.ThreeAllInOne().Nodes.Select(n => n with { Address = Words.Auto })],
        },
        ["slow adverts"] = SampleLayouts.ThreeAllInOne() with
        {
            Failover = SampleLayouts.ThreeAllInOne().Failover with { AdvertMs = 1000 },
        },
        ["noisy hosts"] = SampleLayouts.Noisy(),
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Keepalived_accepts_it_without_a_remark(string layout)
    {
        var directory = Directory.CreateTempSubdirectory("redishabake-keepalived-").FullName;
        try
        {
            var path = directory + "/keepalived.conf";
            var text = KeepalivedConf.Render(All[layout], SamplePlan.Host(All[layout].Self.Address) with { Interface = AnInterface() });
            File.WriteAllText(path, text.Replace(KeepalivedConf.CheckScript, CheckProxy.Path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

            var (exitCode, output) = RealProgram.Run("keepalived", "--config-test", "--use-file", path);

            Assert.True(exitCode == 0 && output.Trim().Length == 0, output);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    // keepalived looks the interface up and refuses loopback.
    private static string AnInterface()
        => NetworkInterface.GetAllNetworkInterfaces().First(i => i.NetworkInterfaceType != NetworkInterfaceType.Loopback && i.OperationalStatus == OperationalStatus.Up).Name;
}
