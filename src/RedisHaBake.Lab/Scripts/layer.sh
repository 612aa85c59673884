# Installs the agent's package on top of a cached root filesystem, as an image build would. $1 base, $2 layer, $3 package.
set -eu
base=$1 layer=$2 package=$3
mkdir -p "$layer/upper" "$layer/work" "$layer/root"
mount -t overlay overlay -o "lowerdir=$base,upperdir=$layer/upper,workdir=$layer/work" "$layer/root"
cp "$package" "$layer/root/tmp/agent.deb"
chroot "$layer/root" dpkg -i /tmp/agent.deb
rm "$layer/root/tmp/agent.deb"
# The engines were installed, and so enabled, before the agent: now its preset decides.
for unit in redis-server redis-sentinel valkey-server valkey-sentinel haproxy keepalived; do
  chroot "$layer/root" systemctl preset --quiet "$unit.service" 2>/dev/null || :
done
: >"$layer/root/etc/machine-id"
umount "$layer/root"
rm -rf "$layer/work" "$layer/root"
