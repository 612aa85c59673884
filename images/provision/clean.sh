#!/bin/bash
# Runs as root, last of all: leaves a unit in /run that cleans the machine while it shuts down, when everything else has ended.
# Then nobody is left who could write a log, a history or a key, and the build's own user can go.   BUILD_USER
set -euo pipefail

cat > /run/redishabake-clean <<'CLEAN'
#!/bin/bash
set -uo pipefail
exec > /dev/console 2>&1
echo "redishabake: cleaning the image"
# journald keeps its files open: what is deleted under it stays on the disk. From here on it writes to /run.
journalctl --relinquish-var
userdel --remove --force "$1"
groupdel "$1"
rm -f /etc/{passwd,shadow,group,gshadow,subuid,subgid}- /etc/sudoers.d/90-cloud-init-users
cloud-init clean --logs --seed
rm -rf /var/lib/cloud
rm -f /etc/netplan/50-cloud-init.yaml /etc/ssh/sshd_config.d/50-cloud-init.conf
rm -f /etc/ssh/ssh_host_* /root/.*_history /root/.lesshst /root/.wget-hsts /home/*/.*_history
rm -rf /root/.ssh /home/*/.ssh /root/.cache /root/.gnupg
# Empty, not missing: systemd makes a new one without running its first-boot presets.
: > /etc/machine-id
[ -L /var/lib/dbus/machine-id ] || rm -f /var/lib/dbus/machine-id
rm -f /etc/hostname /var/lib/systemd/random-seed /var/lib/systemd/credential.secret
rm -rf /var/lib/redis/* /var/lib/valkey/* /var/lib/redishabake/* /etc/redishabake/* /var/lib/haproxy/dev/*
apt-get clean
rm -f /etc/apt/apt.conf.d/99redishabake-build /var/cache/apt/*.bin
rm -rf /var/lib/apt/lists/* /var/lib/dhcp/* /var/backups/* /tmp/* /var/tmp/* /var/crash/*
find /var/log -type f -delete
rm -rf /var/log/journal/*
mkdir -p /var/lib/apt/lists/partial
# What was deleted under an open file keeps its blocks until that is closed, after this.
find /proc/[0-9]*/fd -lname '/* (deleted)' -exec sh -c '[ ! -f "$1" ] || [ "$(stat -L -c %d "$1")" != "$(stat -c %d /)" ] || : > "$1"' - {} \; 2> /dev/null
# What was deleted still stands on the disk. Blocks of zeros leave the image; trim alone keeps those that share a cluster with a used one.
# ext4 keeps a last share of the free blocks from everybody, root included, unless it is told otherwise.
sync
reserved=/sys/fs/ext4/$(basename "$(findmnt --noheadings --output SOURCE /)")/reserved_clusters
[ ! -e "$reserved" ] || echo 0 > "$reserved"
cat /dev/zero > /zero 2> /dev/null
sync
# What was kept back for the file's own bookkeeping is free again once it is written: block by block, past the cache, until none is left.
for pass in 1 2 3 4 5; do
    [ "$(stat --file-system --format %f /)" != 0 ] || break
    dd if=/dev/zero of="/zero.$pass" bs=4k oflag=direct 2> /dev/null
    sync
done
echo "redishabake: $(stat --file-system --format %f /) free blocks not overwritten"
rm -f /zero /zero.?
sync
fstrim /
echo "redishabake: clean"
CLEAN

cat > /run/systemd/system/redishabake-clean.service <<UNIT
[Unit]
Description=Clean the image
DefaultDependencies=no
Conflicts=shutdown.target
# Units stop in the reverse order: this one after all that is ordered behind sysinit.target, and after those that write at a shutdown.
Before=shutdown.target sysinit.target systemd-journal-flush.service systemd-random-seed.service systemd-update-utmp.service
After=local-fs.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/true
# By bash: nothing in /run may be executed.
ExecStop=/bin/bash /run/redishabake-clean $BUILD_USER
TimeoutStopSec=14min
UNIT
systemctl daemon-reload
systemctl start redishabake-clean.service
