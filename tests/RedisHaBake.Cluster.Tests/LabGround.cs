using RedisHaBake.Cli;
using RedisHaBake.Cli.Lab;
using RedisHaBake.Lab;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Lab.Rootfs;
using RedisHaBake.Model.Spec.Problems;

namespace RedisHaBake.Cluster.Tests;

/// <summary>What every lab of these tests stands on: this repository's example spec and the agent's package that was just built.</summary>
internal static class LabGround
{
    /// <summary>For a healthy boot on two busy cores.</summary>
    public static readonly TimeSpan BootLimit = TimeSpan.FromMinutes(4);

    /// <summary>For a cluster to come to rest after a fault (issue bound: a node is back within 60 s).</summary>
    public static readonly TimeSpan RestLimit = TimeSpan.FromSeconds(60);

    private static readonly string _repository = FindRepository();

    /// <summary>The example whose texts are booted.</summary>
    public static string Spec => SpecOf("lab");

    /// <summary>The spec of a worked example.</summary>
    public static string SpecOf(string example) => Path.Combine(_repository, "cloud-init", example, "cluster.yaml");

    /// <summary>The agent's package.</summary>
    public static string AgentPackage
        => Directory.Exists(Artifacts) && Directory.GetFiles(Artifacts, "redishabake-agent_*_amd64.deb").MaxBy(File.GetLastWriteTimeUtc) is { } package
            ? package
            : throw new LabException($"no agent package in {Artifacts}; run: make deb");

    private static string Artifacts => Path.Combine(_repository, "artifacts");

    /// <summary>Where this computer cannot run a lab, the test is left out; in continuous integration that is a failure.</summary>
    public static void Require()
    {
        try
        {
            LabRequirements.Check();
        }
        catch (LabException e) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip(e.Message);
        }
    }

    /// <summary>The cluster of the lab's example, its texts fresh from the generator, no machine on yet.</summary>
    /// <param name="name">The lab's name.</param>
    public static Task<RunningLab> ClusterAsync(string name) => ClusterAsync(name, "lab", LabVariant.AsTheSpecSays(AgentPackage));

    /// <summary>The cluster of an example.</summary>
    /// <param name="name">The lab's name.</param>
    /// <param name="example">The example's directory below cloud-init.</param>
    /// <param name="variant">The machines.</param>
    /// <param name="edit">What a test changes of the plan, such as the machines' texts.</param>
    public static async Task<RunningLab> ClusterAsync(string name, string example, LabVariant variant, Func<LabPlan, LabPlan>? edit = null)
    {
        Require();
        var ct = TestContext.Current.CancellationToken;
        var generation = Generation.Run(SpecOf(example), keepSecrets: false, variant: variant.Apply);
        Assert.Empty(generation.Problems.Where(p => p.Severity == Severity.Error).Select(p => p.Title));
        var spec = generation.Spec!;
        var plan = LabPlanning.Plan(generation, Unique(name), await LabPlanning.WayOutAsync(spec, variant.Package, ct));
        return await CreateAsync(edit?.Invoke(plan) ?? plan, LabPlanning.Recipe(spec), spec.Agent.Baked ? variant.Package : "");
    }

    /// <summary>Machines without Redis, for what is about the lab alone.</summary>
    public static async Task<RunningLab> BareAsync(string name, int machines)
    {
        Require();
        const string text = "#cloud-config\nruncmd:\n- [touch, /run/booted]\n";
        IReadOnlyList<LabNode> nodes = [.. Enumerable.Range(1, machines).Select(i => new LabNode("bare-" + i, "10.10.91." + i, text, []))];
        return await CreateAsync(new(Unique(name), "10.10.91.0/24", "none", "bookworm", Model.Plan.EngineKind.Redis, nodes, LabClient.None), RootfsRecipe.Stock("bookworm"), "");
    }

    /// <summary>A name that no lab of another run has.</summary>
    public static string Unique(string name) => $"test-{name}-{Environment.ProcessId}";

    /// <summary>Runs a command on a machine and returns what it printed; it must succeed.</summary>
    public static async Task<string> RunAsync(this Machine machine, params string[] command)
    {
        var result = await machine.RunAsync(command, TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, $"{machine.Node.Name}: {string.Join(' ', command)} ended with {result.ExitCode}: {result.Error}");
        return result.Output.Trim();
    }

    /// <summary>Runs a shell command on a machine and returns what it printed; it must succeed.</summary>
    public static Task<string> ShellAsync(this Machine machine, string command) => machine.RunAsync("bash", "-c", command);

    /// <summary>What the agent's programs on a machine have said, as a person reads it.</summary>
    public static Task<string> AgentJournalAsync(this Machine machine) => machine.ShellAsync("journalctl --no-pager -o cat -u 'redishabake*' -u 'redis-*' -u 'valkey-*' _COMM=redishabake-age");

    /// <summary>Waits until something is so.</summary>
    public static Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, string expected) => UntilAsync(condition, limit, () => expected);

    /// <summary>Waits until something is so, and says what was expected as it stands at the end.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, Func<string> expected)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) < limit, $"expected within {limit.TotalSeconds:0} s: {expected()}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the agent's journal says that its node is ready; journald may have it a moment later than the stamp is there.</summary>
    public static Task SaysReadyAsync(Machine machine) => UntilAsync(
        async () => (await machine.AgentJournalAsync()).Contains($"{machine.Node.Name} is ready", StringComparison.Ordinal), RestLimit, $"{machine.Node.Name} says that it is ready");

    /// <summary>That <paramref name="node"/> is master; an answer that took too long is waited for.</summary>
    public static async Task IsMasterAsync(RunningLab lab, string node)
    {
        var found = "";
        await UntilAsync(async () => (found = await LabView.MasterAsync(lab)).Length > 0, RestLimit, $"{node} is master, found nobody");
        Assert.Equal(node, found);
    }

    /// <summary>Waits until a node's status is <c>ready</c> and nothing else.</summary>
    public static Task PlainlyReadyAsync(Machine machine)
    {
        var status = "";
        return UntilAsync(
            async () => (status = await machine.RunAsync("redishabake-agent", "status")).Split('\n')[0].EndsWith(": ready", StringComparison.Ordinal),
            RestLimit,
            () => $"{machine.Node.Name} is plainly ready; it says:\n{status}");
    }

    private static async Task<RunningLab> CreateAsync(LabPlan plan, RootfsRecipe recipe, string package)
    {
        var ct = TestContext.Current.CancellationToken;
        var layers = await new RootfsCache(LabPaths.Default).PrepareAsync(recipe, package, new Progress<string>(), ct);
        return await RunningLab.CreateAsync(plan, layers, "", LabPaths.Default, ct);
    }

    private static string FindRepository()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "RedisHaBake.sln")))
                return directory.FullName;
        }

        throw new LabException($"no RedisHaBake.sln above {AppContext.BaseDirectory}; run the tests from the repository");
    }
}
