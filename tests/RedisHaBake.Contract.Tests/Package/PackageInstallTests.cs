using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Samples;

namespace RedisHaBake.Contract.Tests.Package;

/// <summary>
/// Installing, upgrading, removing and purging with the real dpkg, on a copy of this machine's root that is gone afterwards. systemd is not
/// in there; where its part matters, stand-ins write down what they were asked.
/// </summary>
public sealed class PackageInstallTests(AgentPackage package) : IClassFixture<AgentPackage>
{
    private const string Calls = "/run/calls";

    [Fact]
    public void On_a_machine_without_a_plan_it_is_enabled_and_starts_nothing()
    {
        var said = OnACopyOfThisMachine($"""
            {WithSystemd}
            dpkg --no-triggers --install /package.deb
            echo; echo "enabled: $(systemctl is-enabled redishabake-agent.service)"
            echo "rights: $(stat -c '%a %n' /etc/redishabake /var/lib/redishabake /run/redishabake | paste -sd' ')"
            cat {Calls}
            """);
        Assert.Contains("enabled: enabled", said);
        Assert.Contains("rights: 700 /etc/redishabake 700 /var/lib/redishabake 755 /run/redishabake", said);
        Assert.Contains("systemctl --system daemon-reload", said);
        Assert.DoesNotContain("deb-systemd-invoke", said);
    }

    [Fact]
    public void On_a_machine_with_a_plan_the_agent_is_started_and_no_other_unit_is_touched()
    {
        var said = OnACopyOfThisMachine($"""
            {WithSystemd}
            {WithPlan}
            dpkg --no-triggers --install /package.deb
            echo upgrade >> {Calls}
            dpkg --no-triggers --install /package.deb
            cat {Calls}
            """);
        var calls = said.Split('\n').Where(l => l == "upgrade" || l.StartsWith("deb-systemd-invoke", StringComparison.Ordinal));
        Assert.Equal(
            ["deb-systemd-invoke start redishabake-agent.service", "upgrade", "deb-systemd-invoke restart redishabake-agent.service"],
            calls);
    }

    [Fact]
    public void An_operators_disable_outlives_an_upgrade()
        => Assert.Contains("enabled: disabled", OnACopyOfThisMachine("""
            dpkg --no-triggers --install /package.deb
            systemctl disable redishabake-agent.service
            dpkg --no-triggers --install /package.deb
            echo "enabled: $(systemctl is-enabled redishabake-agent.service)"
            """));

    [Theory]
    [InlineData("redis-server")]
    [InlineData("valkey-server")]
    [InlineData("redis-sentinel")]
    [InlineData("valkey-sentinel")]
    public void Removed_it_takes_its_hooks_out_of_the_servers_units_first_and_nothing_else(string unit)
    {
        var plan = SamplePlan.Tutorial() with { Engine = new(unit.StartsWith("valkey", StringComparison.Ordinal) ? EngineKind.Valkey : EngineKind.Redis, 8) };
        var dropIn = UnitDropIns.For(plan).First(f => f.Path.Contains($"/{unit}.service.d/", StringComparison.Ordinal));
        Assert.Contains("/usr/bin/redishabake-agent", dropIn.Content, StringComparison.Ordinal);
        var said = OnACopyOfThisMachine($"""
            {WithSystemd}
            {WithPlan}
            dpkg --no-triggers --install /package.deb
            mkdir -p $(dirname {dropIn.Path})
            cat > {dropIn.Path} <<'END'
            {dropIn.Content}END
            : > {Calls}
            dpkg --remove redishabake-agent
            echo "calls: $(paste -sd' ' {Calls})"
            echo "drop-in:"; cat {dropIn.Path}; echo "end of it"
            """);
        Assert.Contains("calls: systemctl --system daemon-reload deb-systemd-invoke stop", said);
        Assert.Equal(
            dropIn.Content.TrimEnd().Split('\n').Where(l => !l.Contains("/usr/bin/redishabake-agent", StringComparison.Ordinal)),
            said[(said.IndexOf("drop-in:\n", StringComparison.Ordinal) + 9)..said.IndexOf("end of it", StringComparison.Ordinal)].TrimEnd().Split('\n'));
    }

    [Fact]
    public void Removed_it_leaves_the_plan_and_says_what_no_longer_works()
    {
        var said = OnACopyOfThisMachine($"""
            {WithSystemd}
            {WithPlan}
            dpkg --no-triggers --install /package.deb
            : > {Calls}
            dpkg --remove redishabake-agent
            cat {Calls}
            echo "left: $(find {Everywhere} -path '*redishabake*' -type f 2>/dev/null | sort | paste -sd' ')"
            """);
        Assert.Contains("Redis, Sentinel and HAProxy on this node go on, and start again", said);
        Assert.Contains("a replica\nredishabake-agent: of nobody until the Sentinels point it at the master", said);
        Assert.Contains("deb-systemd-invoke stop redishabake-agent.service redishabake-join.service", said);
        Assert.Contains("left: /etc/redishabake/node.json /etc/sysctl.d/99-zz-redishabake.conf /etc/systemd/system/redis-server.service.d/redishabake.conf", said);
    }

    [Fact]
    public void Purged_it_leaves_Redis_data_and_files_and_nothing_of_its_own()
    {
        var said = OnACopyOfThisMachine($"""
            find {Everywhere} | sort > /before
            {WithPlan}
            mkdir -p /var/lib/redis /etc/redis /etc/systemd/system/redis-server.service.d
            echo data > /var/lib/redis/dump.rdb; echo mark > /var/lib/redis/redishabake.life; echo conf > /etc/redis/redis.conf
            echo theirs > /etc/systemd/system/redis-server.service.d/operator.conf
            dpkg --no-triggers --install /package.deb
            echo stamp > /var/lib/redishabake/ready
            nft add table inet redishabake; nft add table inet operators
            mkdir -p /etc/systemd/system/sysinit.target.wants
            touch /etc/redishabake/firewall.nft /etc/systemd/system/redishabake-firewall.service
            ln -s ../redishabake-firewall.service /etc/systemd/system/sysinit.target.wants/
            mkdir -p /etc/systemd/system/multi-user.target.wants
            touch /etc/systemd/system/redishabake-install.service /var/cache/redishabake.deb
            ln -s ../redishabake-install.service /etc/systemd/system/multi-user.target.wants/
            dpkg --purge redishabake-agent
            find {Everywhere} | sort > /after
            echo "redis: $(cat /var/lib/redis/dump.rdb /var/lib/redis/redishabake.life /etc/redis/redis.conf | paste -sd' ')"
            echo "operator: $(cat /etc/systemd/system/redis-server.service.d/operator.conf)"
            echo "left: $(comm -13 /before /after | grep redishabake | grep -v -e '\.life$' | paste -sd' ')"
            echo "tables: $(nft list tables | paste -sd' ')"
            echo "known: $(dpkg-query -W redishabake-agent 2>/dev/null)"
            """);
        Assert.Contains("redis: data mark conf", said);
        Assert.Contains("operator: theirs", said);
        Assert.Contains("tables: table inet operators\n", said);
        Assert.True(said.Contains("left: \n"), said);
        Assert.True(said.Contains("known: \n"), said);
    }

    private const string Everywhere = "/etc /usr/bin /usr/lib/systemd /usr/lib/redishabake /usr/lib/tmpfiles.d /usr/share/doc /usr/share/man /var/lib/redishabake /var/lib/redis /var/cache/redishabake.deb /run";

    private const string WithPlan = """
        mkdir -p /etc/redishabake /etc/systemd/system/redis-server.service.d /etc/sysctl.d
        echo '{}' > /etc/redishabake/node.json
        echo '[Service]' > /etc/systemd/system/redis-server.service.d/redishabake.conf
        echo '# ours' > /etc/sysctl.d/99-zz-redishabake.conf
        """;

    private const string WithSystemd = $"""
        mkdir -p /run/systemd/system
        mv /usr/bin/systemctl /usr/bin/systemctl.real
        printf '#!/bin/sh\necho systemctl "$@" >> {Calls}\n[ "$*" = "--system daemon-reload" ] || exec systemctl.real "$@"\n' > /usr/bin/systemctl
        printf '#!/bin/sh\necho deb-systemd-invoke "$@" >> {Calls}\n' > /usr/bin/deb-systemd-invoke
        chmod 755 /usr/bin/systemctl /usr/bin/deb-systemd-invoke
        """;

    /// <summary>Runs the script as root on an overlay over "/", in mount, PID and network namespaces of its own; what it said.</summary>
    private string OnACopyOfThisMachine(string script)
    {
        Assert.True(Environment.IsPrivilegedProcess, "expected root, for a copy of this machine's root to install into; run: sudo make test-contract");
        var place = Directory.CreateTempSubdirectory("redishabake-install-").FullName;
        try
        {
            File.WriteAllText(place + "/script", "set -e\nexport DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 SYSTEMD_OFFLINE=1\n" + script);
            return AgentPackage.Must(
                "unshare", "--mount", "--pid", "--net", "--fork", "--kill-child", "sh", "-ec",
                """
                mount --make-rprivate /
                mkdir "$1"/top
                mount -t tmpfs tmpfs "$1"/top
                mkdir "$1"/top/upper "$1"/top/work "$1"/top/root
                mount -t overlay overlay -o lowerdir=/,upperdir="$1"/top/upper,workdir="$1"/top/work "$1"/top/root
                cp "$2" "$1"/top/root/package.deb
                cp "$1"/script "$1"/top/root/script
                mount -t proc proc "$1"/top/root/proc
                mount --bind /dev "$1"/top/root/dev
                mount -t tmpfs tmpfs "$1"/top/root/run
                exec chroot "$1"/top/root sh /script
                """, "sh", place, package.Deb);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }
}
