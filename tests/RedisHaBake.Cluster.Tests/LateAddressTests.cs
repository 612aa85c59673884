using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RedisHaBake.Cli;
using RedisHaBake.Cli.CloudInit;
using RedisHaBake.Cli.Lab;
using RedisHaBake.Cli.Page;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Cluster.Tests;

/// <summary>A portal that assigns an address when a machine is created: every text but the first knows one earlier machine's.</summary>
public sealed class LateAddressTests
{
    private const string Write = "10.10.90.192";
    private const string Other = "10.10.90.193";

    [Theory]
    [InlineData("redis-a", "redis-b", "redis-c")]
    [InlineData("redis-a", "redis-c", "redis-b")]
    [InlineData("redis-b", "redis-a", "redis-c")]
    [InlineData("redis-b", "redis-c", "redis-a")]
    [InlineData("redis-c", "redis-a", "redis-b")]
    [InlineData("redis-c", "redis-b", "redis-a")]
    public async Task Machines_created_in_any_order_with_random_addresses_become_a_cluster(params string[] order)
    {
        await using var lab = await UpAsync("late-" + string.Concat(order.Select(o => o[^1])), order);
        Assert.Equal("redis-a", await RestAsync(lab));
        foreach (var machine in lab.Machines)
        {
            // Two are a majority: a node may be ready before it has heard of the third.
            var status = "";
            await LabGround.UntilAsync(
                async () =>
                {
                    status = await machine.RunAsync("redishabake-agent", "status");
                    return lab.Machines.All(m => status.HasAddress(m.Node.Address)) && status.Contains("write      no address yet", StringComparison.Ordinal);
                },
                LabGround.RestLimit,
                () => $"{machine.Node.Name} knows everybody and no write address; it says:\n{status}");
            await LabGround.SaysReadyAsync(machine);
            Assert.Contains("ready, no write address yet", await machine.AgentJournalAsync(), StringComparison.Ordinal);
        }

        await SaysWhatThePageSaysAsync(lab["redis-a"]);
    }

    [Fact]
    public async Task Each_machine_in_turn_is_created_anew_with_another_address_under_a_writing_client()
    {
        await using var lab = await UpAsync("late-anew", "redis-a", "redis-b", "redis-c");
        await RestAsync(lab);
        foreach (var node in (string[])["redis-a", "redis-b", "redis-c"])
        {
            var before = lab[node].Node.Address;
            var teller = lab.Machines.First(m => m.Node.Name != node);
            var refused = await teller.RunAsync(["redishabake-agent", "replace", node], TestContext.Current.CancellationToken);
            Assert.Equal(1, refused.ExitCode);
            Assert.StartsWith("nothing was changed: ", refused.Output);

            // A client of the nodes' own proxies; of those that are not made anew it goes on.
            var recorder = await Recorder.StartAsync(lab, RecordingOptions.Default with { Beside = false });
            await Task.Delay(1000, TestContext.Current.CancellationToken);
            await lab[node].RecreateBlankAsync(TestContext.Current.CancellationToken);
            var now = lab[node].Node.Address;
            Assert.NotEqual(before, now);
            await LabGround.UntilAsync(
                async () => (await Readiness.OfAsync(lab[node])).Doing.Contains($"redishabake-agent replace {node}", StringComparison.Ordinal), LabGround.BootLimit, $"{node} says that it waits for the word");
            await LabGround.UntilAsync(
                async () => (await teller.RunAsync(["redishabake-agent", "replace", node], TestContext.Current.CancellationToken)) is { ExitCode: 0 } done && done.Output.HasAddress(now),
                LabGround.RestLimit,
                $"{teller.Node.Name} takes the word that {node} was created anew");
            await Readiness.WaitAsync(lab.Machines, LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
            await RestAsync(lab);
            var history = await recorder.StopAsync();
            var found = await recorder.ReadBackAsync(LabGround.RestLimit);
            Checker.Check(history, found).NothingLost();
            await recorder.ForgetAsync(found);
            await ForgottenAsync(lab, before, now);
        }
    }

    [Fact]
    public async Task A_machine_that_comes_back_with_its_disk_and_another_address_is_taken_by_a_persons_word()
    {
        await using var lab = await UpAsync("late-moved", "redis-a", "redis-b", "redis-c");
        var ct = TestContext.Current.CancellationToken;
        var master = await Convergence.WaitAsync(lab, ["redis-a", "redis-b", "redis-c"], LabGround.RestLimit, ct);
        var before = lab[master].Node.Address;
        var teller = lab.Machines.First(m => m.Node.Name != master);
        var recorder = await Recorder.StartAsync(lab, RecordingOptions.Default with { Beside = false });
        await Task.Delay(1000, ct);
        await lab[master].MoveAsync(ct);
        await LabGround.UntilAsync(
            async () => (await teller.RunAsync(["redishabake-agent", "replace", master], ct)).ExitCode == 0,
            LabGround.BootLimit,
            $"{teller.Node.Name} takes the word that {master} has another address");
        await Readiness.WaitAsync(lab.Machines, LabGround.BootLimit, _ => { }, ct);
        await RestAsync(lab);
        var history = await recorder.StopAsync();
        Checker.Check(history, await recorder.ReadBackAsync(LabGround.RestLimit)).NothingLost();
        await ForgottenAsync(lab, before, lab[master].Node.Address);
        await LabGround.PlainlyReadyAsync(lab[master]);
    }

    [Fact]
    public async Task A_machine_that_says_it_is_a_known_node_is_refused_and_said_until_a_person_decides()
    {
        await using var lab = await UpAsync("late-claim", "redis-a", "redis-b", "redis-c");
        await RestAsync(lab);
        var twin = lab["redis-b"];
        var first = twin.Node.Address;

        await twin.RecreateBlankAsync(TestContext.Current.CancellationToken);
        var said = $"a machine at {twin.Node.Address} says that it is redis-b, which is known at {first}";
        await LabGround.UntilAsync(
            async () => (await lab["redis-a"].RunAsync("redishabake-agent", "status")).Contains(said, StringComparison.Ordinal), LabGround.BootLimit, $"redis-a says: {said}");
        Assert.False((await lab["redis-a"].ShellAsync("cat /etc/haproxy/haproxy.cfg")).HasAddress(twin.Node.Address));
    }

    [Fact]
    public async Task The_extra_addresses_come_later_change_and_go_under_a_writing_client()
    {
        await using var lab = await UpAsync("late-extra", "redis-a", "redis-b", "redis-c");
        await RestAsync(lab);

        // Clients of the nodes' own proxies meanwhile: nothing is taken from them.
        await WithoutLossAsync(lab, [], 0.3, async () =>
        {
            // It waits 15 s for the others, and a busy computer may be slower.
            var given = await lab["redis-b"].RunAsync("redishabake-agent", "addresses", "--write", Write);
            Assert.Matches("every node has it|not yet on", given);
            Assert.Contains("the floating addresses moved to another proxy and served there", given, StringComparison.Ordinal);
        });
        await LabGround.UntilAsync(async () => (await HoldersAsync(lab, Write)).Count == 1, LabGround.RestLimit, $"one machine has {Write}");

        // A client that knows the old and the new one: its connection ends by its time-out of 0.5 s, and it may try the old one once more.
        await WithoutLossAsync(lab, [Write, Other], 0.6 + (2 * 0.5), async () =>
        {
            await lab["redis-c"].RunAsync("redishabake-agent", "addresses", "--write", Other);
            await LabGround.UntilAsync(async () => (await HoldersAsync(lab, Other)).Count == 1 && (await HoldersAsync(lab, Write)).Count == 0, LabGround.RestLimit, "the address is another");
        });

        await WithoutLossAsync(lab, [], 0.3, async () =>
        {
            await lab["redis-a"].RunAsync("redishabake-agent", "addresses", "--write", "none");
            await LabGround.UntilAsync(async () => (await HoldersAsync(lab, Other)).Count == 0, LabGround.RestLimit, "no machine has the address any more");
        });
        var refused = await lab["redis-a"].RunAsync(["redishabake-agent", "addresses", "--write", lab["redis-b"].Node.Address], TestContext.Current.CancellationToken);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is the address of redis-b", refused.Output, StringComparison.Ordinal);

        // This computer has an address in the lab's network.
        var taken = await lab["redis-a"].RunAsync(["redishabake-agent", "addresses", "--write", lab.Plan.ObserverAddresses()[0]], TestContext.Current.CancellationToken);
        Assert.Equal(1, taken.ExitCode);
        Assert.Contains("nothing was changed: " + lab.Plan.ObserverAddresses()[0] + " is taken: a machine with the hardware address ", taken.Output, StringComparison.Ordinal);
        var interrupted = await lab["redis-a"].RunAsync(["timeout", "--preserve-status", "--signal=INT", "0.7", "redishabake-agent", "addresses", "--write", Write], TestContext.Current.CancellationToken);
        Assert.Equal(130, interrupted.ExitCode);
        Assert.Empty(await HoldersAsync(lab, Write));
    }

    [Fact]
    public async Task One_text_in_two_machines_that_both_live_is_refused_said_and_harms_nobody()
    {
        await using var lab = await LabGround.ClusterAsync(
            "late-twins", "late", LabVariant.AsTheSpecSays(LabGround.AgentPackage), plan => plan with { Nodes = [.. plan.Nodes, plan.Node("redis-b") with { Name = "twin" }] });
        var ct = TestContext.Current.CancellationToken;
        await lab["redis-a"].BootAsync(ct);
        await lab["redis-b"].BootAsync(ct);
        await LabGround.UntilAsync(
            async () => (await lab["redis-a"].RunAsync(["redishabake-agent", "status"], ct)).Output.HasAddress(lab["redis-b"].Node.Address), LabGround.BootLimit, "redis-a knows redis-b");
        await lab["twin"].BootAsync(ct);
        await lab["redis-c"].BootAsync(ct);
        IReadOnlyList<Machine> members = [lab["redis-a"], lab["redis-b"], lab["redis-c"]];
        await Readiness.WaitAsync(members, LabGround.BootLimit, _ => { }, ct);
        await RestAsync(lab);

        var (first, second) = (lab["redis-b"].Node.Address, lab["twin"].Node.Address);
        var said = $"a machine at {second} says that it is redis-b, which is known at {first}";
        await WithoutLossAsync(lab, [], 0.3, async () =>
        {
            foreach (var member in (string[])["redis-a", "redis-c"])
            {
                await LabGround.UntilAsync(
                    async () => (await lab[member].RunAsync("redishabake-agent", "status")).Contains(said, StringComparison.Ordinal), LabGround.RestLimit, $"{member} says: {said}");
                Assert.False((await lab[member].ShellAsync("cat /etc/haproxy/haproxy.cfg /etc/redis/sentinel.conf")).HasAddress(second));
            }

            // The one that came second knows why it is none of them.
            await LabGround.UntilAsync(
                async () => (await Readiness.OfAsync(lab["twin"])).Doing.Contains("redis-b", StringComparison.Ordinal), LabGround.RestLimit, "the twin says that redis-b is somebody else");
            Assert.False((await Readiness.OfAsync(lab["twin"])).IsReady);

            // The word for a machine that was created anew is not taken while the old one answers.
            var refused = await lab["redis-a"].RunAsync(["redishabake-agent", "replace", "redis-b"], ct);
            Assert.Equal(1, refused.ExitCode);
            Assert.StartsWith("nothing was changed: ", refused.Output);
        });

        await lab["twin"].PowerOffAsync();
        await LabGround.UntilAsync(
            async () => !(await lab["redis-a"].RunAsync("redishabake-agent", "status")).Contains(said, StringComparison.Ordinal), LabGround.RestLimit, "with the second machine goes what is said of it");
    }

    [Fact]
    public async Task A_known_address_where_nobody_is_is_said_and_the_node_goes_on_when_somebody_comes()
    {
        await using var lab = await LabGround.ClusterAsync("late-wrong", "late", LabVariant.AsTheSpecSays(LabGround.AgentPackage));
        await lab["redis-a"].BootAsync();
        await LabGround.UntilAsync(
            async () => (await Readiness.OfAsync(lab["redis-a"])).Doing.Contains("create the others from texts that say so", StringComparison.Ordinal), LabGround.BootLimit, "redis-a says how the next text is made");

        // The text of the second names the first, which loses power before the second looks for it.
        var second = lab["redis-b"].BootAsync();
        await lab["redis-a"].PowerOffAsync();
        await second;
        var said = $"nobody is met yet: redis-a: {lab["redis-a"].Node.Address}:26379";
        await LabGround.UntilAsync(async () => (await lab["redis-b"].RunAsync(["redishabake-agent", "status"])).Output.Contains(said, StringComparison.Ordinal), LabGround.BootLimit, $"redis-b says: {said}");
        await LabGround.UntilAsync(() => Task.FromResult(lab["redis-b"].Console.Contains(said, StringComparison.Ordinal)), LabGround.RestLimit, $"the console says: {said}");

        await lab["redis-a"].BootAsync();
        await lab["redis-c"].BootAsync();
        await Readiness.WaitAsync(lab.Machines, LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal("redis-a", await RestAsync(lab));
    }

    private static async Task WithoutLossAsync(RunningLab lab, IReadOnlyList<string> told, double gap, Func<Task> happening)
    {
        var recorder = await Recorder.StartAsync(lab, RecordingOptions.Default with { Beside = false, Told = told });
        await Task.Delay(1000);
        await happening();
        await Task.Delay(1000);
        var history = await recorder.StopAsync();
        var found = await recorder.ReadBackAsync(LabGround.RestLimit);
        await recorder.ForgetAsync(found);
        var verdict = Checker.Check(history, found);
        Assert.Equal(0, verdict.WriteAddress.Lost);
        Assert.True(verdict.WriteAddress.Acked > 100, $"only {verdict.WriteAddress.Acked} writes were acked");
        Assert.True(verdict.WriteAddress.LongestGapSeconds < 3 * gap, $"no write was acked for {verdict.WriteAddress.LongestGapSeconds:0.00} s, expected at most {3 * gap:0.00} s");
        TestContext.Current.TestOutputHelper?.WriteLine($"{verdict.WriteAddress.Acked} acked, longest gap {verdict.WriteAddress.LongestGapSeconds:0.00} s");
    }

    // The page tells the operator which lines to look for, in which order.
    private static async Task SaysWhatThePageSaysAsync(Machine machine)
    {
        var plan = Generation.Run(LabGround.SpecOf("late"), keepSecrets: false).Nodes.Single(n => n.Node == machine.Node.Name).Plan;
        var journal = (await machine.RunAsync("journalctl", "-u", "redishabake*", "-o", "cat", "--no-pager")).Split('\n').ToList();
        var at = -1;
        foreach (var line in FirstBoot.Lines(plan, UserData.PlanPath))
        {
            var pattern = new Regex("^" + Regex.Escape(line).Replace("\\(…\\)", "\\(\\d+/\\d+\\)", StringComparison.Ordinal), RegexOptions.None, TimeSpan.FromSeconds(1));
            var found = journal.FindIndex(at + 1, l => pattern.IsMatch(l));
            Assert.True(found > at, $"the page says \"{line}\"; not in the journal, or not in this order:\n{string.Join('\n', journal)}");
            at = found;
        }
    }

    private static async Task ForgottenAsync(RunningLab lab, string before, string now)
    {
        foreach (var machine in lab.Machines)
        {
            await LabGround.UntilAsync(
                async () => await machine.ShellAsync("cat /etc/haproxy/haproxy.cfg") is var text && !text.Contains(before + ":", StringComparison.Ordinal) && text.Contains(now + ":", StringComparison.Ordinal),
                LabGround.RestLimit,
                $"{machine.Node.Name}'s HAProxy knows {now} and not {before}");
            await LabGround.UntilAsync(
                async () => !(await machine.ShellAsync("cat /etc/redis/sentinel.conf")).Contains($" {before} ", StringComparison.Ordinal), LabGround.RestLimit, $"the Sentinel of {machine.Node.Name} has forgotten {before}");
            await LabGround.UntilAsync(
                async () => JsonNode.Parse(await machine.RunAsync("redishabake-agent", "status", "--output", "json"))!["nodes"]!.AsArray().Select(n => n!["address"]!.GetValue<string>()).ToList() is var nodes
                    && nodes.Contains(now) && !nodes.Contains(before),
                LabGround.RestLimit,
                $"status on {machine.Node.Name} shows {now} and not {before}");
        }
    }

    private static async Task<List<string>> HoldersAsync(RunningLab lab, string address)
    {
        List<string> holders = [];
        foreach (var machine in lab.Machines)
        {
            if ((await machine.RunAsync("ip", "-4", "address", "show")).Contains($" {address}/", StringComparison.Ordinal))
                holders.Add(machine.Node.Name);
        }

        return holders;
    }

    private static async Task<RunningLab> UpAsync(string name, params string[] order)
    {
        var lab = await LabGround.ClusterAsync(name, "late", LabVariant.AsTheSpecSays(LabGround.AgentPackage));
        try
        {
            foreach (var node in order)
            {
                await lab[node].BootAsync();
                await Task.Delay(1500);
            }

            await Readiness.WaitAsync(lab.Machines, LabGround.BootLimit, _ => { }, TestContext.Current.CancellationToken);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    private static Task<string> RestAsync(RunningLab lab)
        => Convergence.WaitAsync(lab, ["redis-a", "redis-b", "redis-c"], LabGround.RestLimit, TestContext.Current.CancellationToken);
}
