using System.Text.Json.Nodes;
using RedisHaBake.Cli.Trial;
using RedisHaBake.Samples;

namespace RedisHaBake.Cli.Tests.Rules;

/// <summary>E301 and the notes: extra lines, as this computer's programs read them.</summary>
public sealed class ExtraTrialTests : SpecDirectory
{
    private const string Nodes = "apiVersion: redishabake/v1\nname: shop\ncidr: 10.10.90.0/24\nos: debian-12\nbaked: true\naddresses: {write: 10.10.90.92}\n"
        + "nodes:\n  - {name: redis-a, address: 10.10.90.37}\n  - {name: redis-b, address: 10.10.90.227}\n  - {name: redis-c, address: 10.10.90.147}\n";

    private const string Extra = Nodes + "haproxy:\n  extra:\n    - listen mine\n    - \"    bind :9200\"\n    - \"    acl x nosuch 1\"\n"
        + "keepalived:\n  extra: ['vrrp_script mine {', '    intervall 1', '}']\n";

    [Fact]
    public async Task What_a_program_refuses_is_said_at_the_operators_own_line()
    {
        var here = Debian12();
        var run = await Said(here, Extra, "validate");

        Assert.Equal(ExitCode.Fault, run.Code);
        Snapshot.Match(run.Error, "E301", test: "Message");
        foreach (var command in (string[])["generate", "preview"])
            Assert.Equal(run.Error, (await Said(here, Extra, command)).Error);
        Assert.False(File.Exists(Secrets));
    }

    [Fact]
    public async Task Lines_that_nobody_could_read_here_are_named_and_fail_nothing()
    {
        var run = await Said(new FakePrograms().Install(Reader.Haproxy, "3.0.11", "nosuch", "unknown fetch method"), Extra, "validate", "--strict");

        Assert.Equal(ExitCode.Good, run.Code);
        Snapshot.Match(run.Error, "unread", test: "Note");
        var json = JsonNode.Parse((await Said(new FakePrograms(), Extra, "validate", "--output", "json")).Output)!;
        Assert.Equal(["haproxy.extra", "keepalived.extra"], json["notes"]!.AsArray().Select(n => (string?)n!["path"]));
    }

    [Fact]
    public async Task A_file_that_only_the_VM_has_is_no_mistake()
    {
        var here = new FakePrograms().Install(Reader.Haproxy, "2.6.12", "nosuch", "unable to stat SSL certificate from file '/x.pem' : No such file or directory").Install(Reader.Keepalived, "2.2.7", "none", "");
        var run = await Said(here, Extra, "validate");
        Assert.Equal(ExitCode.Good, run.Code);
        Assert.Contains("note: haproxy.extra[2]: HAProxy 2.6.12 says here: unable to stat", run.Error);
    }

    [Fact]
    public async Task Without_extra_lines_no_program_is_asked()
    {
        var here = Debian12();
        Assert.Equal(ExitCode.Good, (await Said(here, Nodes, "validate")).Code);
        Assert.Equal((0, 0), (here.Questions, here.Reads));
    }

    [Fact]
    public async Task Lines_that_load_a_module_are_read_by_nobody()
    {
        var here = new FakePrograms().Install(Reader.Redis, "7.0.15", "loadmodule", "no");
        var run = await Said(here, Nodes + "redis: {extra: [loadmodule /usr/lib/x.so]}\n", "validate");
        Assert.Equal((ExitCode.Good, 0), (run.Code, here.Reads));
        Assert.Contains("they load a module", run.Error);
    }

    private static FakePrograms Debian12() => new FakePrograms()
        .Install(Reader.Haproxy, "2.6.12", "nosuch", "error detected while parsing ACL 'x' : unknown fetch method 'nosuch'")
        .Install(Reader.Keepalived, "2.2.7", "intervall", "Unknown keyword 'intervall'");

    private async Task<Run> Said(FakePrograms programs, string spec, string command, params string[] more)
    {
        File.WriteAllText(Spec, spec);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync([command, Spec, .. more], output, error, programs);
        return new(code, output.ToString(), error.ToString().Replace(Here + "/", ""));
    }
}
