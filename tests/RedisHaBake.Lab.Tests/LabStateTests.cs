using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Tests;

/// <summary>What is on disk about labs: running ones are found, dead ones are known to be left over.</summary>
public sealed class LabStateTests : IDisposable
{
    private static readonly ProcessIdentity _gone = new(ProcessIdentity.Self.Pid, ProcessIdentity.Self.StartTicks - 1);
    private readonly LabPaths _paths = new(Directory.CreateTempSubdirectory("lab-state-").FullName, "");

    [Fact]
    public void A_lab_whose_keeper_runs_is_found_by_its_name_or_as_the_only_one()
    {
        Write("one", ProcessIdentity.Self);
        Write("two", _gone);
        Assert.Equal("one", RunningLab.Open("", _paths).Plan.Name);
        Assert.Equal("one", RunningLab.Open("one", _paths).Plan.Name);
    }

    [Fact]
    public void Among_several_labs_a_name_is_asked_for()
    {
        Write("one", ProcessIdentity.Self);
        Write("two", ProcessIdentity.Self);
        Assert.Contains("one, two", Assert.Throws<LabException>(() => RunningLab.Open("", _paths)).Message, StringComparison.Ordinal);
        Assert.Contains("one, two", Assert.Throws<LabException>(() => RunningLab.Open("three", _paths)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_lab_the_way_to_one_is_said()
        => Assert.Contains("redishabake lab up", Assert.Throws<LabException>(() => RunningLab.Open("", _paths)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_process_number_that_was_given_to_another_process_is_not_the_keeper()
    {
        Write("one", _gone);
        Assert.False(LabState.All(_paths).Single().IsAlive);
    }

    [Fact]
    public void A_lab_that_is_being_made_is_not_left_over()
    {
        Write("one", null, owner: ProcessIdentity.Self);
        Assert.True(LabState.All(_paths).Single().IsAlive);
    }

    [Fact]
    public void Nobody_but_the_owner_may_read_the_texts()
    {
        Write("one", ProcessIdentity.Self);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_paths.Of("one"), "lab.json")));
    }

    public void Dispose() => Directory.Delete(_paths.State, recursive: true);

    private void Write(string name, ProcessIdentity? keeper, ProcessIdentity? owner = null)
    {
        Directory.CreateDirectory(_paths.Of(name));
        var plan = new LabPlan(name, "10.10.90.0/24", Words.None, "bookworm", EngineKind.Redis, [new("n1", "10.10.90.1", "text", [NodeRole.Redis])], LabClient.None);
        new LabState(plan, ["/lower"], owner ?? _gone, null, keeper, "").Write(_paths.Of(name));
    }
}
