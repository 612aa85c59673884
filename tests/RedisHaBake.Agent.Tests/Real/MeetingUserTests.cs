using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RedisHaBake.Agent.Meeting;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Resp;
using RedisHaBake.Samples;

namespace RedisHaBake.Agent.Tests.Real;

/// <summary>The user of nodes that do not know each other yet, on the real servers: it may say who it is and see who is there, and nothing else.</summary>
public sealed class MeetingUserTests : IDisposable
{
    // Those that the engine lets everybody send who is connected; and what the meeting is.
    private static readonly string[] Allowed = ["auth", "hello", "quit", "reset", "ping", "client|setname", "client|list"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly NodePlan Plan = SamplePlan.Tutorial() with { Schema = NodePlan.LateSchema };
    private readonly string _directory = Directory.CreateTempSubdirectory("redishabake-meet-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("server")]
    [InlineData("sentinel")]
    public async Task It_may_do_nothing_else_of_all_the_commands_that_there_are(string kind)
    {
        var (server, port) = await StartAsync(kind);
        using (server)
        {
            await using var asker = await RespClient.ConnectAsync(new("127.0.0.1", port, "asker", "any"), Patience);
            var names = await CommandsAsync(asker);
            Assert.True(names.Count > 30, string.Join(' ', names));
            List<string> done = [];
            foreach (var name in names.Where(n => !Allowed.Contains(n)))
            {
                var arity = (int)Math.Abs((await asker.CallAsync("COMMAND", "INFO", name)).OrThrow().Items[0].Items[1].AsNumber());
                var words = name.Split('|');

                // Of a command that is only the first word of others those are tried.
                if (words.Length == 1 && names.Any(n => n.StartsWith(name + "|", StringComparison.Ordinal)))
                    continue;
                await using var meet = await ConnectAsync(port);
                var reply = await meet.CallAsync([.. words, .. Enumerable.Repeat("1", Math.Max(0, arity - words.Length))]);
                // EXEC says it behind its own word.
                if (!reply.IsError || !reply.Text.Contains("NOPERM", StringComparison.Ordinal))
                    done.Add($"{name}: {reply.Text}");
            }

            Assert.Empty(done);
        }
    }

    [Theory]
    [InlineData("server")]
    [InlineData("sentinel")]
    public async Task Agents_are_seen_by_name_and_address_and_a_stranger_is_not_let_in(string kind)
    {
        var (server, port) = await StartAsync(kind);
        using (server)
        {
            var card = new CallingCard("redis-b", CallingCard.Alone, new Dictionary<string, Member> { ["redis-a"] = new("10.10.90.37", 0), ["redis-c"] = new(Words.Auto, 1_700_000_000_000) }, new(Words.None, "10.10.90.50", 7));
            var seal = new CardSeal(Plan);
            var name = seal.Put(card.Write(Plan.Cluster), "127.0.0.1");
            await using var meet = await ConnectAsync(port);
            (await meet.CallAsync("CLIENT", "SETNAME", name)).OrThrow();
            await using var agent = await RespClient.ConnectAsync(new("127.0.0.1", port, InternalUsers.Agent, Plan.Secrets.Agent), Patience);
            (await agent.CallAsync("CLIENT", "SETNAME", name)).OrThrow();
            await using var asker = await RespClient.ConnectAsync(new("127.0.0.1", port, "asker", "any"), Patience);
            (await asker.CallAsync("CLIENT", "SETNAME", name)).OrThrow();

            var seen = ClientList.Agents((await meet.CallAsync("CLIENT", "LIST")).OrThrow().Text, Plan.Cluster, seal).ToList();
            Assert.Equal([false, true], seen.Select(s => s.Trusted).Order());
            Assert.All(seen, s => Assert.Equal(("127.0.0.1", card.Write(Plan.Cluster)), (s.Address, s.Card.Write(Plan.Cluster))));

            await using var stranger = await RespClient.ConnectAsync(new("127.0.0.1", port), Patience);
            Assert.StartsWith("NOAUTH", (await stranger.CallAsync("CLIENT", "LIST")).Text);
            Assert.StartsWith("NOAUTH", (await stranger.CallAsync("PING")).Text);
            Assert.StartsWith("WRONGPASS", (await stranger.CallAsync("AUTH", InternalUsers.Meeting, "guess")).Text);
        }
    }

    [Fact]
    public void A_plan_that_knows_its_addresses_has_no_such_user()
    {
        var early = SamplePlan.Tutorial();
        Assert.DoesNotContain(InternalUsers.Meeting, UsersAcl.Render(early, SamplePlan.Host()) + SentinelAcl.Render(early, SamplePlan.Host()));
    }

    private static Task<RespClient> ConnectAsync(int port) => RespClient.ConnectAsync(new("127.0.0.1", port, InternalUsers.Meeting, MeetingPlace.Password(Plan)), Patience);

    // The second words of a command are its tenth item.
    private static async Task<List<string>> CommandsAsync(RespClient asker)
    {
        List<string> names = [];
        foreach (var command in (await asker.CallAsync("COMMAND")).OrThrow().Items)
        {
            names.Add(command.Items[0].Text);
            if (command.Items.Count > 9)
                names.AddRange(command.Items[9].Items.Select(s => s.Items[0].Text));
        }

        return names;
    }

    private async Task<(Running Server, int Port)> StartAsync(string kind)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var users = $"{_directory}/users-{kind}.acl";
        await File.WriteAllTextAsync(users, (kind == "server" ? UsersAcl.Render(Plan, SamplePlan.Host()) : SentinelAcl.Render(Plan, SamplePlan.Host())) + "user asker on nopass ~* &* +@all\n");
        var conf = $"{_directory}/{kind}.conf";
        await File.WriteAllTextAsync(conf, $"bind 127.0.0.1\nport {port}\naclfile {users}\ndir {_directory}\n{(kind == "server" ? "save \"\"\nenable-debug-command yes\nenable-module-command yes\n" : "")}");
        var start = new ProcessStartInfo("/usr/bin/redis-server") { ArgumentList = { conf, "--logfile", $"{_directory}/log" } };
        if (kind == "sentinel")
            start.ArgumentList.Add("--sentinel");
        var server = new Running(Process.Start(start)!);
        Assert.True(SpinWait.SpinUntil(() => Answers(port), TimeSpan.FromSeconds(30)), File.Exists($"{_directory}/log") ? File.ReadAllText($"{_directory}/log") : "no log");
        return (server, port);
    }

    private static bool Answers(int port)
    {
        try
        {
            using var socket = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private sealed class Running(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
