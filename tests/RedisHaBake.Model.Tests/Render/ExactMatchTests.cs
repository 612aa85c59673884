using System.Text;
using System.Text.RegularExpressions;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Model.Tests.Render;

/// <summary>10.0.0.1 is found inside 10.0.0.10, and 10.0.0.1 on port 637 inside 10.0.0.1 on port 6379: a check must not.</summary>
public sealed partial class ExactMatchTests
{
    [Fact]
    public void A_Sentinel_that_names_one_node_never_counts_for_another_whose_address_is_a_part_of_it()
    {
        string[] addresses = ["10.0.0.1", "10.0.0.10", "10.0.0.101"];
        var sample = SamplePlan.Tutorial();
        var plan = sample with { Nodes = [.. sample.Nodes.Select((n, i) => n with { Address = addresses[i] })] };
        var expected = Expectation().Matches(HaproxyCfg.Render(plan, SamplePlan.Host(addresses[0])))
            .ToDictionary(m => m.Groups["node"].Value, m => Encoding.ASCII.GetString(Convert.FromHexString(m.Groups["hex"].Value)));

        Assert.Equal(3, expected.Count);
        foreach (var named in plan.Nodes)
        {
            // What a Sentinel answers to AUTH and GET-MASTER-ADDR-BY-NAME.
            var reply = $"+OK\r\n*2\r\n${named.Address.Length}\r\n{named.Address}\r\n$4\r\n6379\r\n";
            Assert.All(plan.Nodes, candidate => Assert.Equal(candidate == named, reply.Contains(expected[candidate.Name], StringComparison.Ordinal)));
        }
    }

    [GeneratedRegex(@"backend named_(?<node>\S+)\n(?:    .*\n)*?    tcp-check expect min-recv [0-9]+ binary (?<hex>[0-9a-fA-F]+)\n", RegexOptions.ExplicitCapture)]
    private static partial Regex Expectation();
}
