using RedisHaBake.Agent.Meeting;
using RedisHaBake.Model.Plan;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Meeting;

/// <summary>A connection's name, and CLIENT LIST, in which everybody's stand.</summary>
public sealed class CallingCardTests
{
    private static readonly CardSeal _seal = new(SamplePlan.Tutorial());

    private const string Name = "redishabake-1;tutorial;redis-b;met;redis-a=10.10.90.11/0,redis-c=auto/1700000000000;10.10.90.92/none/5";

    [Fact]
    public void A_card_reads_back_as_the_same_name()
    {
        var card = CallingCard.TryRead(Name, "tutorial")!;
        Assert.Equal(("redis-b", CallingCard.Met, new Member("auto", 1_700_000_000_000), new ExtraAddresses("10.10.90.92", "none", 5)), (card.Node, card.State, card.Nodes["redis-c"], card.Extra));
        Assert.Equal(Name, card.Write("tutorial"));
        Assert.DoesNotContain(' ', Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sentinel-1234-cmd")]
    [InlineData("redishabake-2;tutorial;redis-b;met;;none/none/0")]
    [InlineData("redishabake-1;other;redis-b;met;;none/none/0")]
    [InlineData("redishabake-1;tutorial;redis b;met;;none/none/0")]
    [InlineData("redishabake-1;tutorial;redis-b;met;redis-a=10.10.90/0;none/none/0")]
    [InlineData("redishabake-1;tutorial;redis-b;met;redis-a=10.10.90.11/-1;none/none/0")]
    [InlineData("redishabake-1;tutorial;redis-b;met;redis-a=10.10.90.11/0,redis-a=10.10.90.12/0;none/none/0")]
    [InlineData("redishabake-1;tutorial;redis-b;met;redis-a=10.10.90.11/9223372036854775807;none/none/0")]
    [InlineData("redishabake-1;tutorial;redis-b;met;;none/none")]
    [InlineData("redishabake-1;tutorial;redis-b;met;;none/none/0;more")]
    public void What_is_no_card_of_this_cluster_says_nothing(string name) => Assert.Null(CallingCard.TryRead(name, "tutorial"));

    [Fact]
    public void Only_connections_of_the_clusters_own_users_are_agents_and_no_longer_than_they_are_heard()
    {
        static string Line(int id, string name, string user, int idle = 0, string from = "10.10.90.12")
            => $"id={id} addr={from}:43594 laddr=10.10.90.11:26379 fd=7 name={name} age=900 idle={idle} flags=N db=0 events=r cmd=client|list user={user} redir=-1 resp=2\n";
        var sealedName = _seal.Put(Name, "10.10.90.12");
        var reply = Line(1, sealedName, InternalUsers.Meeting) + Line(2, sealedName, "app") + Line(3, "", InternalUsers.Agent)
            + Line(4, sealedName, InternalUsers.Agent, idle: 6) + Line(5, sealedName, InternalUsers.Agent, idle: 7);
        Assert.Equal([("10.10.90.12", false), ("10.10.90.12", true)], ClientList.Agents(reply, "tutorial", _seal).Select(s => (s.Address, s.Trusted)));

        // A stranger at an address that a person typed answers what he likes, cards of ours that he once saw included.
        var made = Line(1, Name, InternalUsers.Agent) + Line(2, sealedName, InternalUsers.Agent, from: "10.10.90.66") + Line(3, Name + ";" + new string('0', 32), InternalUsers.Agent)
            + Line(4, sealedName.Replace("10.10.90.11/0", "10.10.90.66/9", StringComparison.Ordinal), InternalUsers.Agent);
        Assert.Empty(ClientList.Agents(made, "tutorial", _seal));
    }

    [Fact]
    public void The_seal_is_that_of_one_cluster()
    {
        var other = SamplePlan.Tutorial();
        other = other with { Secrets = other.Secrets with { Agent = "another" } };
        Assert.Equal(Name, _seal.Open(_seal.Put(Name, "10.10.90.12"), "10.10.90.12"));
        Assert.Null(new CardSeal(other).Open(_seal.Put(Name, "10.10.90.12"), "10.10.90.12"));
        Assert.Null(_seal.Open("", "10.10.90.12"));
    }
}
