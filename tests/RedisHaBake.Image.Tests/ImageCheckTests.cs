namespace RedisHaBake.Image.Tests;

/// <summary>Each single thing that may not be in an image, or must be, is found, and its path is named.</summary>
public class ImageCheckTests
{
    [Fact]
    public void A_clean_image_is_clean()
    {
        using var image = new SmallImage();
        image.Make();
        var (exitCode, output) = image.Check();
        Assert.True(exitCode == 0, output);
        Assert.Contains(": clean; ", output);
    }

    [Theory]
    [InlineData("echo key > etc/ssh/ssh_host_ed25519_key", "/etc/ssh/ssh_host_ed25519_key: expected no SSH host key")]
    [InlineData("echo 0123 > etc/machine-id", "/etc/machine-id: expected an empty file, found 0123")]
    [InlineData("echo uninitialized > etc/machine-id", "/etc/machine-id: expected an empty file, found uninitialized")]
    [InlineData("rm etc/machine-id", "/etc/machine-id: expected an empty file, found none")]
    [InlineData("mkdir var/lib/dbus; echo 0123 > var/lib/dbus/machine-id", "/var/lib/dbus/machine-id: ")]
    [InlineData("echo x > var/lib/systemd/random-seed", "/var/lib/systemd/random-seed: ")]
    [InlineData("echo x > var/lib/systemd/credential.secret", "/var/lib/systemd/credential.secret: ")]
    [InlineData("echo build > etc/hostname", "/etc/hostname: ")]
    [InlineData("echo x > etc/netplan/50-cloud-init.yaml", "/etc/netplan/50-cloud-init.yaml: ")]
    [InlineData("mkdir root/.ssh; echo key > root/.ssh/authorized_keys", "/root/.ssh/authorized_keys: expected no authorized key")]
    [InlineData("echo build-1:x:1000:1000::/home/build-1:/bin/bash >> etc/passwd", "/etc/passwd: expected no user of the build, found build-1")]
    [InlineData("echo 'root:$y$j9T$abc:19000::::::' > etc/shadow", "/etc/shadow: expected no password, found one of root")]
    [InlineData("cp etc/shadow etc/shadow-", "/etc/shadow-: ")]
    [InlineData("mkdir home/build-1", "/home/build-1: expected no home directory")]
    [InlineData("echo x > etc/sudoers.d/90-cloud-init-users", "/etc/sudoers.d/90-cloud-init-users: ")]
    [InlineData("mkdir -p var/lib/cloud/instances/i; echo x > var/lib/cloud/instances/i/user-data.txt", "/var/lib/cloud/instances/i/user-data.txt: expected no cloud-init instance data")]
    [InlineData("echo ls > root/.bash_history", "/root/.bash_history: expected no shell history")]
    [InlineData("echo x > var/lib/apt/lists/deb.debian.org_InRelease", "/var/lib/apt/lists/deb.debian.org_InRelease: ")]
    [InlineData("echo x > var/log/syslog", "/var/log/syslog: ")]
    [InlineData("echo x > tmp/install.sh", "/tmp/install.sh: ")]
    [InlineData("echo x > etc/apt/apt.conf.d/99redishabake-build", "/etc/apt/apt.conf.d/99redishabake-build: ")]
    [InlineData("echo x > usr/sbin/policy-rc.d", "/usr/sbin/policy-rc.d: ")]
    [InlineData("echo 'sentinel myid 0123' > etc/redis/other.conf", "/etc/redis/other.conf: expected no Sentinel that has an identity, found sentinel myid 0123")]
    [InlineData("echo 'sentinel monitor mymaster 127.0.0.1 6379 2' > etc/redis/sentinel.conf", "/etc/redis/sentinel.conf: ")]
    [InlineData("echo x > var/lib/redis/dump.rdb", "/var/lib/redis/dump.rdb: expected no data of a node")]
    [InlineData("echo '{}' > etc/redishabake/node.json", "/etc/redishabake/node.json: expected no plan")]
    [InlineData("echo '-----BEGIN OPENSSH PRIVATE KEY-----' > etc/ssh/other", "/etc/ssh/other: expected no private key")]
    [InlineData("echo user:$CANARY > usr/share/note", "/usr/share/note: expected no secret of the build")]
    [InlineData("echo $CANARY | gzip > var/lib/old.gz", "/var/lib/old.gz: expected no secret of the build, found one, compressed")]
    [InlineData("ln -s /lib/systemd/system/redis-server.service etc/systemd/system/multi-user.target.wants/", "/etc/systemd/system/multi-user.target.wants/redis-server.service: expected a service that only the agent enables")]
    [InlineData("ln -s /lib/systemd/system/keepalived.service etc/systemd/system/multi-user.target.wants/", "/etc/systemd/system/multi-user.target.wants/keepalived.service: ")]
    [InlineData("rm etc/systemd/system/multi-user.target.wants/*", "/etc/systemd/system/multi-user.target.wants/redishabake-agent.service: expected the agent enabled")]
    [InlineData("rm etc/cloud/cloud.cfg.d/*", "/etc/cloud/cloud.cfg.d: expected a pinned datasource_list")]
    [InlineData("rm etc/apt/apt.conf.d/20auto-upgrades", "/etc/apt/apt.conf.d/20auto-upgrades: expected security updates on")]
    [InlineData("rm usr/bin/redishabake-agent", "/usr/bin/redishabake-agent: expected the agent, found none")]
    [InlineData("echo '{}' > usr/share/redishabake/image.json; cp usr/share/redishabake/image.json ../disk.json", "/usr/share/redishabake/image.json: expected the stamp with a planSchema, found one without")]
    [InlineData("rm ../disk.json", "disk.json: expected the same stamp as in the image, found none")]
    [InlineData("echo '{}' > ../disk.json", "disk.json: expected the same stamp as in the image, found another")]
    [InlineData("rm ../disk.packages.tsv", "disk.packages.tsv: expected the list of packages beside the image, found none")]
    [InlineData("printf 'base-files\\t12.5\\tamd64\\n' > ../disk.packages.tsv", "disk.packages.tsv: expected every package of the image with its version, found a difference: < base-files")]
    public void An_image_with_one_thing_wrong_is_refused_and_the_path_named(string spoil, string expected)
    {
        using var image = new SmallImage();
        image.Spoil(spoil);
        image.Make();
        AssertRefused(image, expected);
    }

    [Fact]
    public void A_secret_of_a_file_that_was_deleted_is_found_on_the_disk()
    {
        using var image = new SmallImage();
        image.Spoil("echo $CANARY > etc/user-data");
        image.Make("rm /etc/user-data");
        AssertRefused(image, ", which is free): expected no secret of the build");
    }

    [Fact]
    public void Something_that_is_no_image_is_refused_with_a_sentence()
    {
        var (exitCode, output) = Bash.Run("images/check README.nowhere", TimeSpan.FromSeconds(10));
        Assert.Equal(64, exitCode);
        Assert.Contains("Expected an image to look through, found 'README.nowhere'", output);
    }

    private static void AssertRefused(SmallImage image, string expected)
    {
        var (exitCode, output) = image.Check();
        Assert.True(exitCode == 1, output);
        var findings = output.Split('\n').Where(l => l.Contains(": expected ", StringComparison.Ordinal)).ToList();
        Assert.True(findings is [var only] && only.Contains(expected, StringComparison.Ordinal), output);
    }
}
