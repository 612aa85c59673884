#!/bin/bash
# Runs as root in the machine that becomes the image. Installs what the role needs, writes the image's own settings and its stamp.
# ROLE, SUITE, ENGINE, ENGINE_MAJOR, DATASOURCES; FILES and APT_CONF in base64.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1

fail() { echo "image: $*" >&2; exit 1; }
apt() { apt-get -qq -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 -o Acquire::Languages=none --no-install-recommends "$@"; }

# Exit 2 is "done, with a warning"; 1 is fatal.
cloud-init status --wait > /dev/null || [ $? = 2 ] || fail "cloud-init failed on the base image; look at its console"
# shellcheck source=/dev/null
. /etc/os-release
[ "$VERSION_CODENAME" = "$SUITE" ] || fail "the base image is $VERSION_CODENAME; expected $SUITE; give another base_image or suite"

[ -z "$APT_CONF" ] || base64 -d <<< "$APT_CONF" > /etc/apt/apt.conf.d/99redishabake-build
# The agent's own settings, so that they hold from the first second of the first boot, and the engine's archive and pin.
FILES=$FILES python3 - <<'PYTHON'
import base64, json, os
for path, text in json.loads(base64.b64decode(os.environ["FILES"])).items():
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, 0o644)
PYTHON

engine=("$ENGINE-server" "$ENGINE-sentinel" "$ENGINE-tools")
case $ROLE in
data) packages=("${engine[@]}") ;;
sentinel) packages=("$ENGINE-sentinel" "$ENGINE-tools") ;;
proxy) packages=(haproxy keepalived) ;;
all) packages=("${engine[@]}" haproxy keepalived) ;;
*) fail "no role $ROLE; expected data, sentinel, proxy or all" ;;
esac

# Debian starts what it installs; here nothing runs before an agent has a plan.
printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
systemctl stop unattended-upgrades.service apt-daily.timer apt-daily-upgrade.timer || true
apt update
apt upgrade
apt install "${packages[@]}" nftables unattended-upgrades openssh-server
apt install /tmp/redishabake-agent.deb
rm /usr/sbin/policy-rc.d /tmp/redishabake-agent.deb

for program in server sentinel; do
    [ -x "/usr/bin/$ENGINE-$program" ] || continue
    version=$("/usr/bin/$ENGINE-$program" --version | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1)
    [ "${version%%.*}" = "$ENGINE_MAJOR" ] || fail "the archive gives $ENGINE $version; expected major version $ENGINE_MAJOR; change engine_major, or take an archive that has it"
done

# The engines were installed, and so enabled, before the agent: now its preset decides.
for unit in "$ENGINE-server" "$ENGINE-sentinel" haproxy keepalived; do
    [ ! -e "/lib/systemd/system/$unit.service" ] || systemctl preset --quiet "$unit.service"
done
# Debian's monitors 127.0.0.1; the agent writes a node's own.
rm -f "/etc/$ENGINE/sentinel.conf"
systemctl enable --quiet unattended-upgrades.service
cat > /etc/apt/apt.conf.d/20auto-upgrades <<'APT'
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
APT
cat > /etc/cloud/cloud.cfg.d/95-redishabake.cfg <<CLOUD
# A datasource that is probed in vain can cost a boot two minutes; an RSA host key seconds.
datasource_list: [$DATASOURCES]
ssh_deletekeys: true
ssh_genkeytypes: [ed25519]
locale: false
CLOUD

mkdir -p /usr/share/redishabake
dpkg-query -W -f '${Package}\t${Version}\t${Architecture}\n' > /usr/share/redishabake/packages.tsv
# What the generator asks before it writes a text for this image.
cat > /usr/share/redishabake/image.json <<STAMP
{
  "format": 1,
  "role": "$ROLE",
  "suite": "$SUITE",
  "engine": "$ENGINE",
  "engineMajor": $ENGINE_MAJOR,
  "agent": "$(redishabake-agent --version)",
  "planSchema": $(redishabake-agent schema)
}
STAMP
