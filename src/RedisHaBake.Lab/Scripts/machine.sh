# Boots one node inside the lab's namespaces.
# $1 lab, $2 directory of the node, $3 node, $4 its port on the bridge, $5 lower directories, topmost first, $6 its
# interface.
set -eu
lab=$1 directory=$2 node=$3 port=$4 lower=$5 interface=$6
group=/sys/fs/cgroup/redishabake-lab-$lab/$node
mountpoint -q "$directory/root" ||
  mount -t overlay overlay -o "lowerdir=$lower,upperdir=$directory/upper,workdir=$directory/work" "$directory/root" || {
    echo "the machine's root directory $directory/root could not be mounted; its file system must be one for overlays (ext4, xfs, btrfs):" \
      "set REDISHABAKE_LAB_STATE to a directory on such a one" >&2
    exit 1
  }
# A busy computer may take long to get to the point where the machine has its link.
plug_in() {
  for _ in $(seq 3000); do
    ip link set "$port" master br0 up 2>/dev/null && return
    sleep 0.02
  done
}
boot() {
  while :; do
    [ ! -d "$group" ] || find "$group" -mindepth 1 -depth -type d -exec rmdir {} + 2>/dev/null || :
    mkdir -p "$group"
    # The kernel takes its time to remove a dead machine's link, and a second of that name cannot be made.
    ip link delete "$port" 2>/dev/null || :
    plug_in &
    plugging=$!
    status=0
    bash -c 'echo 0 >"$1/cgroup.procs"; shift; exec "$@"' boot "$group" \
      systemd-nspawn --quiet --directory="$directory/root" --machine="$node" --boot --register=no --keep-unit \
      --network-veth-extra="$port:$interface" --capability=all --link-journal=no --resolv-conf=off --timezone=off || status=$?
    kill "$plugging" 2>/dev/null || :
    # With --keep-unit systemd-nspawn leaves a reboot to its caller and says so with 133.
    [ "$status" = 133 ] || break
  done
}
boot </dev/null >>"$directory/console.log" 2>&1 &
