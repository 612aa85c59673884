namespace RedisHaBake.Image.Tests;

/// <summary>A disk like a baked one, with a partition table and a root file system, but of a few files: made in a moment, clean unless spoilt.</summary>
internal sealed class SmallImage : IDisposable
{
    private const string Canary = "canary0123456789abcdef";

    private readonly string _directory = Directory.CreateTempSubdirectory("redishabake-image-").FullName;

    /// <summary>A clean one.</summary>
    public SmallImage() => Bash.Must(
        $$"""
        umask 022; cd '{{_directory}}'; mkdir root; cd root
        mkdir -p etc/ssh etc/apt/apt.conf.d etc/cloud/cloud.cfg.d etc/systemd/system/multi-user.target.wants etc/redis etc/redishabake home root tmp
        mkdir -p usr/bin usr/sbin usr/share/redishabake usr/lib/systemd/system var/lib/dpkg/info var/lib/redis var/lib/cloud var/lib/apt/lists/partial var/log/journal
        mkdir -p etc/netplan etc/sudoers.d var/lib/systemd var/tmp
        echo 'PRETTY_NAME="small"' > etc/os-release
        : > etc/machine-id
        echo 'root:x:0:0:root:/root:/bin/bash' > etc/passwd
        echo 'root:*:19000:0:99999:7:::' > etc/shadow
        printf 'APT::Periodic::Unattended-Upgrade "1";\n' > etc/apt/apt.conf.d/20auto-upgrades
        echo 'datasource_list: [NoCloud]' > etc/cloud/cloud.cfg.d/95-redishabake.cfg
        printf '#!/bin/sh\n' > usr/bin/redishabake-agent; chmod 755 usr/bin/redishabake-agent
        ln -s /lib/systemd/system/redishabake-agent.service etc/systemd/system/multi-user.target.wants/
        printf 'Package: base-files\nStatus: install ok installed\nArchitecture: amd64\nVersion: 12.4\n\n' > var/lib/dpkg/status
        printf '{\n  "format": 1,\n  "planSchema": 1\n}\n' > usr/share/redishabake/image.json
        cp usr/share/redishabake/image.json ../disk.json
        printf 'base-files\t12.4\tamd64\n' > ../disk.packages.tsv
        echo {{Canary}} > ../canaries
        """);

    /// <summary>Spoils the tree before the disk is made, or what lies beside the disk ("../"); CANARY stands for the build's secret.</summary>
    public void Spoil(string script) => Bash.Must($"cd '{_directory}/root'; CANARY={Canary}; {script}");

    /// <summary>Makes the disk; then runs a script of debugfs's commands on its file system.</summary>
    public void Make(string debugfs = "") => Bash.Must(
        $"""
        cd '{_directory}'
        truncate --size=24M disk.raw
        sfdisk --quiet disk.raw <<< 'label: dos
        start=2048, type=83'
        mke2fs -q -t ext4 -d root -E offset=$((2048 * 512)) disk.raw 23000k
        [ -z '{debugfs}' ] || debugfs -w -R '{debugfs}' 'disk.raw?offset=1048576'
        qemu-img convert -O qcow2 disk.raw disk.qcow2
        rm disk.raw
        """);

    /// <summary>What the check says about it.</summary>
    public (int ExitCode, string Output) Check() => Bash.Run($"images/check '{_directory}/disk.qcow2' '{_directory}/canaries'", TimeSpan.FromSeconds(60));

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
