using RedisHaBake.Cli;
using RedisHaBake.Cli.Trial;
using RedisHaBake.Contract.Tests.Generate;

namespace RedisHaBake.Contract.Tests.Keywords;

/// <summary>Extra lines as the real HAProxy, keepalived and Redis of Debian 12 and 13 read them for `validate`.</summary>
public sealed class ExtraTrialTests(Debian12 bookworm, Debian13 trixie) : IClassFixture<Debian12>, IClassFixture<Debian13>
{
    public static TheoryData<string, string, bool> Lines
    {
        get
        {
            var data = new TheoryData<string, string, bool>();
            foreach (var os in (string[])["debian-12", "debian-13"])
            {
                foreach (var line in (string[])["acl x nosuch 1", "acl x src,nosuch 1", "http-request nosuch", "tcp-request content nosuch", "bind :9201 nosuch", "server s 10.0.0.9:1 nosuch", "bind localhost:99x"])
                    data.Add(os, "haproxy: {extra: [listen mine, '" + line + "']}", false);
                foreach (var line in (string[])["acl x src 10.0.0.0/8", "tcp-request content reject", "bind :9201 name x", "server s 10.0.0.9:1 check inter 1s"])
                    data.Add(os, "haproxy: {extra: [listen mine, 'bind :9202', '" + line + "']}", true);
                data.Add(os, "keepalived: {extra: ['vrrp_script mine {', 'script \"/usr/bin/true\"', 'intervall 1', '}']}", false);
                data.Add(os, "keepalived: {extra: ['vrrp_script mine {', 'script \"/usr/bin/true\"', 'interval 1', '}']}", true);
                data.Add(os, "redis: {extra: [hz 50, unixsocket /tmp/redishabake-none]}", true);
                data.Add(os, "sentinel: {extra: [loglevel notice]}", true);
                data.Add(os, "sentinel: {extra: [client-output-buffer-limit nosuch 1 1 1]}", false);
            }

            return data;
        }
    }

    /// <summary>Lines that a program takes, and that name a file which it would replace or remove.</summary>
    public static TheoryData<string, string> Dangers { get; } = new()
    {
        { "debian-12", "haproxy: {extra: [ring r, size 32764, backing-file FILE]}" },
        { "debian-13", "haproxy: {extra: [ring r, size 32764, backing-file FILE]}" },
        { "debian-12", "redis: {extra: [unixsocket FILE]}" },
        { "debian-12", "sentinel: {extra: [unixsocket FILE]}" },
        { "debian-13", "sentinel: {extra: [unixsocket FILE]}" },
    };

    [Theory]
    [MemberData(nameof(Dangers))]
    public void A_file_that_a_line_names_stays_what_it_is(string os, string extra)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        DebianSystem debian = os == "debian-12" ? bookworm : trixie;
        var name = $"/var/tmp/redishabake-{Guid.NewGuid():N}";
        File.WriteAllText(debian.Root + name, "precious");
        try
        {
            var generation = Try(debian, os, extra.Replace("FILE", name, StringComparison.Ordinal));
            Assert.True(generation.Succeeded, string.Join('\n', generation.Problems.Select(p => p.Title)));
            Assert.Empty(generation.Notes);
            Assert.Equal([name], Directory.GetFiles(debian.Root + "/var/tmp", Path.GetFileName(name) + "*").Select(f => f[debian.Root.Length..]));
            Assert.Equal("precious", File.ReadAllText(debian.Root + name));
            // Nothing was started that had to be stopped.
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"it took {clock.Elapsed.TotalSeconds:0.0} s");
        }
        finally
        {
            File.Delete(debian.Root + name);
            File.Delete(debian.Root + name + ".bak");
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_is_refused_here_where_the_program_would_not_start_on_it(string os, string extra, bool accepted)
    {
        DebianSystem debian = os == "debian-12" ? bookworm : trixie;
        var generation = Try(debian, os, extra);
        Assert.Empty(generation.Notes);
        Assert.True(generation.Succeeded == accepted, string.Join('\n', generation.Problems.Select(p => p.Title)));
        Assert.All(generation.Problems, p => Assert.Contains(".extra[", p.Path.ToString()));
        Assert.False(File.Exists(debian.Root + "/tmp/redishabake-none"));
    }

    private static Generation Try(DebianSystem debian, string os, string extra)
    {
        var directory = Directory.CreateTempSubdirectory("redishabake-test-").FullName;
        try
        {
            var spec = Path.Combine(directory, "cluster.yaml");
            File.WriteAllText(spec, $"apiVersion: redishabake/v1\nname: shop\ncidr: 10.0.0.0/24\nos: {os}\nbaked: true\naddresses: {{write: 10.0.0.92}}\n{extra}\n"
                + "nodes: [{name: a, address: 10.0.0.1}, {name: b, address: 10.0.0.2}, {name: c, address: 10.0.0.3}]\n");
            return Generation.Run(spec, keepSecrets: false, programs: new InstalledPrograms(debian.Root));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
