using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Watch;

namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>A node that was ready waits for its join again: whoever logs in reads what for, until it is over.</summary>
public sealed class JoinWatchTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task What_a_join_waits_for_stands_in_the_motd_until_it_settles()
    {
        await _machine.ApplyAsync();
        var watch = new JoinWatch(_machine.Agent);
        watch.Look();
        Assert.Null(_machine.Root.Read(NoticeBoard.File));

        Put(JoinPhase.Waiting, "only a person can say whose data to keep");
        watch.Look();
        Assert.Null(_machine.Root.Read(NoticeBoard.File));
        await Task.Delay(TimeSpan.FromSeconds(11), _machine.Clock, TestContext.Current.CancellationToken);
        watch.Look();
        Assert.Contains("only a person can say", _machine.Root.Read(NoticeBoard.File));

        Put(JoinPhase.Settled, "this node is master");
        watch.Look();
        Assert.Null(_machine.Root.Read(NoticeBoard.File));
    }

    [Fact]
    public async Task What_others_have_put_up_is_left_alone()
    {
        await _machine.ApplyAsync();
        new NoticeBoard(_machine.Agent).PutFailure("step haproxy failed");
        new JoinWatch(_machine.Agent).Look();
        Assert.Contains("step haproxy failed", _machine.Root.Read(NoticeBoard.File));
    }

    private void Put(JoinPhase phase, string sentence) => new JoinState(phase, sentence, _machine.Clock.GetUtcNow(), false).Write(_machine.Root);
}
