using RedisHaBake.Lab.Rootfs;
using RedisHaBake.Model.Engines;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.CloudInit;

/// <summary>
/// What a stock VM gets beside its plan: apt source and pin, and a unit that installs packages and agent. A unit rather than
/// cloud-init's `packages`, which tries once: a private VM may boot before its way out works, and a reboot may interrupt it.
/// The key is a file of its own rather than `apt: sources`, which wants gpg on Debian 12 and does not depend on it.
/// </summary>
internal static class Installation
{
    /// <summary>The unit that installs and then starts the agent.</summary>
    public const string Unit = "redishabake-install.service";

    /// <summary>Redis's own archive.</summary>
    public const string RedisIo = "https://packages.redis.io/deb";

    private const string Script = "/etc/redishabake/install";

    private const string KeyPath = "/etc/apt/keyrings/packages.redis.io.asc";

    /// <summary>The files for <paramref name="plan"/>'s node.</summary>
    public static IEnumerable<WriteFile> Files(NodePlan plan, ClusterSpec spec, string aptKey)
    {
        foreach (var file in Archive(plan, spec, aptKey))
            yield return file;
        foreach (var file in Egress.Files(plan))
            yield return file;
        yield return new(Script, "0755", InstallScript(plan, spec, EngineLayout.For(plan.Engine.Kind)));
        yield return new("/etc/systemd/system/" + Unit, "0644", UnitText);
    }

    /// <summary>The engine's archive and the pin of its major version, where <paramref name="plan"/>'s node has the engine.</summary>
    public static IEnumerable<WriteFile> Archive(NodePlan plan, ClusterSpec spec, string aptKey)
    {
        if (!NeedsEngine(plan))
            yield break;
        if (spec.Engine.Source == EngineSource.PackagesRedisIo)
        {
            yield return new(KeyPath, "0644", aptKey);
            yield return new("/etc/apt/sources.list.d/redis.list", "0644", $"deb [signed-by={KeyPath}] {RedisIo} {spec.Os.Suite} main\n");
        }

        yield return new("/etc/apt/preferences.d/redishabake", "0644", Pin(EngineLayout.For(plan.Engine.Kind), plan.Engine.Major));
    }

    /// <summary>Redis's own archive, for a root filesystem that has the engine baked in.</summary>
    public static EngineArchive Archive(EngineSpec engine) => new(RedisIo, AptKey.Shipped(), Pin(EngineLayout.For(engine.Kind), engine.Major));

    private static bool NeedsEngine(NodePlan plan) => plan.Self.Has(NodeRole.Redis) || plan.Self.Has(NodeRole.Sentinel);

    // A regular expression, since a glob may not begin with the epoch's star; the first stanza that matches a version wins.
    private static string Pin(EngineLayout layout, int major) =>
        $"""
        Package: {string.Join(' ', layout.Packages)}
        Pin: version /^([0-9]+:)?{major}[.]/
        Pin-Priority: 990

        Package: {string.Join(' ', layout.Packages)}
        Pin: version *
        Pin-Priority: -1

        """;

    private static string InstallScript(NodePlan plan, ClusterSpec spec, EngineLayout layout)
    {
        var packages = new List<string>();
        var units = new List<string>();
        if (NeedsEngine(plan))
        {
            packages.AddRange(layout.Packages);
            units.AddRange([layout.ServerUnit, layout.SentinelUnit]);
        }

        if (plan.Self.Has(NodeRole.Haproxy))
        {
            packages.Add("haproxy");
            units.Add("haproxy.service");
            if (plan.Addresses.Mode == AddressMode.Floating)
            {
                packages.Add("keepalived");
                units.Add("keepalived.service");
            }
        }

        if (plan.Firewall.Enabled)
            packages.Add("nftables");
        return $"""
            #!/bin/sh
            # Started by {Unit} until it succeeds.
            set -eu
            export DEBIAN_FRONTEND=noninteractive
            units="{string.Join(' ', units.Select(Short))}"
            deb=/var/cache/redishabake.deb
            apt() {"{"} apt-get -qqy -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 --no-install-recommends "$@"; {"}"}
            # Debian starts what it installs; the agent has to come first.
            systemctl -q mask $units
            # After an interrupted installation.
            dpkg --configure -a
            {Egress.Before(plan)}apt update
            apt install {string.Join(' ', packages)}
            for url in {string.Join(" \\\n  ", spec.Agent.Urls.Select(Shell.Quote))}
            do
              /usr/lib/apt/apt-helper {string.Concat(spec.Agent.Urls.Select(u => Egress.Options(plan, u)).Distinct())}download-file "$url" $deb SHA256:{spec.Agent.Sha256} && break
              url=
            done
            test "$url" || {"{"} echo "no URL gave the agent with its SHA-256; trying again" >&2; exit 1; {"}"}
            # The agent's package starts the agent.
            systemctl -q unmask $units
            systemctl -q disable $units
            apt install $deb
            systemctl -q disable {Short(Unit)}
            systemctl start --no-block redishabake-agent

            """;
    }

    /// <summary>What systemctl takes as well: user-data is short of bytes.</summary>
    public static string Short(string unit) => unit[..^".service".Length];

    private const string UnitText = """
        [Unit]
        Description=Install RedisHaBake's packages and agent
        Wants=network-online.target
        After=network-online.target
        StartLimitIntervalSec=0
        [Service]
        Type=oneshot
        ExecStart=/etc/redishabake/install
        Restart=on-failure
        RestartSec=5
        StandardOutput=journal+console
        [Install]
        WantedBy=multi-user.target

        """;
}
