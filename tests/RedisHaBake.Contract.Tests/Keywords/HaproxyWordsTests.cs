using System.Text.RegularExpressions;
using RedisHaBake.Cli;
using RedisHaBake.Contract.Tests.Generate;
using RedisHaBake.Model.Spec.Rules;

namespace RedisHaBake.Contract.Tests.Keywords;

/// <summary>The rules for extra lines of haproxy.cfg say of every keyword and port what HAProxy 2.6 and 3.0 say of it.</summary>
public sealed partial class HaproxyWordsTests(Debian12 bookworm, Debian13 trixie) : IClassFixture<Debian12>, IClassFixture<Debian13>
{
    private static readonly string[] Proxies = ["listen", "frontend", "backend"];


    public static TheoryData<string> Systems => ["debian-12", "debian-13"];

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_keyword_is_known_in_a_section_where_HAProxy_knows_it(string os)
    {
        var version = Version(os);
        var words = HaproxyWords.Of("listen", new(2, 6)).Concat(HaproxyWords.Of("listen", new(3, 0))).Concat(Registered(os, "listen")).Concat(["bindd", "grace", "monitor-net", "reqrep", "clitimeout"]).Distinct().ToList();
        foreach (var section in Proxies)
            Assert.Equal(words.Where(w => !Unknown(Check(os, $"{section} mine\n {Complete(w)}\n"))), words.Where(HaproxyWords.Of(section, version).Contains));
        foreach (var section in HaproxyWords.Sections(version).Except(Proxies))
        {
            Assert.True(Unknown(Check(os, $"{section} mine\n bindd x y z\n")), section);
            Assert.All(HaproxyWords.Of(section, version), w => Assert.False(Unknown(Check(os, $"{section} mine\n {(w == "timeout" && section == "log-forward" ? "timeout client 1s" : w)}\n")), $"{section}: {w}"));
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Options_and_timeouts_are_known_where_HAProxy_knows_them(string os)
    {
        var options = HaproxyWords.After("option", new(2, 4))!.Concat(HaproxyWords.After("option", new(3, 0))!).Concat(Registered(os, "listen", "option")).Concat(["tcpchek", "forceclose"]).Distinct().ToList();
        var timeouts = HaproxyWords.After("timeout", new(3, 0))!.Append("conect").ToList();
        Assert.Equal(options.Where(o => !Unknown(Check(os, $"listen mine\n option {o}\n"))), options.Where(HaproxyWords.After("option", Version(os))!.Contains));
        foreach (var negation in (string[])["no", "default"])
            Assert.Equal(options.Where(o => !Unknown(Check(os, $"listen mine\n {negation} option {o}\n"))), options.Where(o => HaproxyWords.After("option", Version(os))!.Contains(o) && HaproxyWords.MayFollow(negation, "option", o)));
        Assert.Equal(timeouts.Where(t => !Unknown(Check(os, $"listen mine\n timeout {t} 1s\n"))), timeouts.Where(HaproxyWords.After("timeout", Version(os))!.Contains));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_place_to_listen_on_or_to_send_to_is_refused_where_HAProxy_refuses_it(string os)
    {
        string[] lines =
        [
            "bind 10.0.0.1:99999", "bind 10.0.0.1:0", "bind 10.0.0.1", "bind 9200", "bind x", "bind", "bind :9300-9200", "bind :+5", "bind :9200-70000", "bind *:9200,", "bind 10.0.0.1:x",
            "bind 10.0.0.1:9200", "bind :9200", "bind *:9200,*:9201", "bind [::1]:9200", "bind ::1:9200", "bind ipv4@:9200", "bind :9200-9210", "bind unix@/run/x", "bind abns@x",
            "bind /run/x.sock", "bind \"127.0.0.1:${NOT_SET-9200}\"", "server a 10.0.0.1:99999", "server a 10.0.0.1:x", "server a 10.0.0.1:100-200", "server a [::1]:99999", "server a",
            "server", "server a 10.0.0.1", "server a 10.0.0.1:9200", "server a 10.0.0.1:+1", "server a 10.0.0.1:0", "server a unix@/run/x", "server a 10.0.0.1:9200 check",
            "mode tcp", "mode tcpp", "no option tcpka", "no option abortonclose", "default log global", "no log", "no timeout client", "no bind :9200", "bind :9200 name \"a b\"", "listen", "frontend", "listen a", "bindd :9200", "option tcpka",
        ];
        Assert.Equal(lines.Where(l => Accepts(os, l)), lines.Where(l => !RuleRefuses(os, l)));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_value_is_refused_where_HAProxy_refuses_it(string os)
    {
        string[] lines =
        [
            "timeout client abc", "timeout client", "timeout client 10x", "timeout client 10s 5s", "timeout client 1.5s", "timeout client -1", "timeout client 0", "timeout client 25d", "timeout client 24d",
            "timeout client 2147483647", "timeout client 2147483648", "timeout client 10S", "timeout client 1us", "timeout client 30s", "timeout check 5s", "timeout client \"${NOT_SET-30s}\"", "maxconn", "maxconn 10", "maxconn 10 x",
            "retries", "retries 3", "retries 3 x", "backlog 10 x", "fullconn", "fullconn 10", "fullconn 10 x", "mode tcp x", "balance abc", "balance leastconn", "balance hdr(x)", "balance url_param x", "balance",
            "id abc", "id 0", "id 7", "default_backend nowhere", "use_backend nowhere", "use_backend nowhere if TRUE", "use_backend %[src] if TRUE", "default_backend back_redis_master",
        ];
        // With the cluster's own backend, as the rendered file has it.
        Assert.Equal(lines.Where(l => !Check(os, $"listen mine\n bind :9200\n {l}\nbackend back_redis_master\n").Contains("[ALERT]")), lines.Where(l => !RuleRefuses(os, l)));
        string[] sections =
        [
            "listen a;listen a", "listen a;frontend a", "frontend a;backend a", "backend a;listen a", "listen a;backend a", "frontend a;listen a", "backend a;backend a", "userlist stats", "peers stats", ".if feature(OPENSSL);listen a;.endif",
            "fcgi-app f;    docroot /x;    no option keep-conn", "backend a;    mode log", "userlist u;userlist u", "resolvers r;resolvers r", "peers p;peers p",
            "listen a;    server s 127.0.0.1:1;    server s 127.0.0.1:2", "listen a;    server s 127.0.0.1:1;listen b;    server s 127.0.0.1:1", "frontend a;    default_backend b;backend b",
        ];
        Assert.Equal(sections.Where(s => !Check(os, s.Replace(';', '\n') + "\n").Contains("[ALERT]")), sections.Where(s => !Refuses(os, s.Split(';'))));
    }

    // A line in error for another reason, an argument that is missing, is one whose keyword is known.
    private static string Complete(string word) => word switch
    {
        "bind" => "bind :9200",
        "timeout" => "timeout client 1s",
        "option" => "option tcpka",
        "mode" => "mode tcp",
        _ => word,
    };

    private bool Accepts(string os, string line) => !Check(os, $"listen mine\n {line}\n").Contains("[ALERT]");

    private static bool RuleRefuses(string os, string line) => Refuses(os, "listen mine", "    " + line);

    private static bool Refuses(string os, params string[] lines)
    {
        var spec = $"apiVersion: redishabake/v1\nname: shop\ncidr: 10.0.0.0/24\nos: {os}\nbaked: true\nhaproxy: {{extra: [{string.Join(", ", lines.Select(l => $"'{l}'"))}]}}\n"
            + "nodes: [{name: a, address: 10.0.0.1}, {name: b, address: 10.0.0.2}, {name: c, address: 10.0.0.3}]\n";
        return Generation.OfText("cluster.yaml", spec).Problems.Any(p => p.Path.ToString().StartsWith("haproxy.extra", StringComparison.Ordinal));
    }

    /// <summary>What `haproxy -dKall` lists of a kind of section: first words, or the second ones of lines that begin with <paramref name="first"/>.</summary>
    private List<string> Registered(string os, string section, string? first = null)
    {
        var empty = Debian(os).Write("empty.cfg", "\n");
        var lines = Debian(os).Run("haproxy", "-dKall", "-q", "-c", "-f", empty).Output.Split('\n');
        var from = Array.IndexOf(lines, section);
        Assert.True(from > 0, string.Join('\n', lines));
        return [.. lines[(from + 1)..].TakeWhile(l => l.StartsWith('\t')).Select(l => l.Trim().Split(' ')).Select(w => w[0] == "no" ? w[1..] : w)
            .Where(w => first is null || (w[0] == first && w.Length > 1)).Select(w => first is null ? w[0] : w[1]).Distinct()];
    }

    private string Check(string os, string text)
    {
        var path = Debian(os).Write($"words-{os}.cfg", text);
        return Debian(os).Run("haproxy", "-c", "-f", path).Output;
    }

    private DebianSystem Debian(string os) => os == "debian-12" ? bookworm : trixie;

    private static Version Version(string os) => Model.Spec.OperatingSystem.All.First(o => o.Name == os).Haproxy;

    private static bool Unknown(string output) => UnknownPattern().IsMatch(output);

    [GeneratedRegex("unknown (?:keyword|statement|option|section|proxy mode)|'timeout' supports|not allowed (?:in|because)|not supported any ?more|not supported for option|doesn't exist anymore", RegexOptions.None, 1000)]
    private static partial Regex UnknownPattern();
}
