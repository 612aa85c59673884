# Boots one VM inside the lab's namespaces.
# $1 lab, $2 directory of the node, $3 node, $4 its port on the bridge, $5 its MAC, $6 kvm or tcg, $7 CPUs, $8 MiB of RAM.
set -eu
lab=$1 directory=$2 node=$3 port=$4 mac=$5 accelerator=$6 cpus=$7 memory=$8
group=/sys/fs/cgroup/redishabake-lab-$lab/$node/payload
mkdir -p "$group"
[ -d "/sys/class/net/$port" ] || ip link show "$port" >/dev/null 2>&1 || ip tuntap add dev "$port" mode tap
ip link set "$port" master br0 up
# Sockets of the machine's life before.
rm -f "/run/$port.ssh" "/run/$port.qmp"
[ "$accelerator" = kvm ] || accelerator=tcg,thread=multi
# With one processor and no place for a second, QEMU's emulation makes a guest's locked instructions plain ones, and with them goes the
# barrier by which guest and device agree who wakes whom: a virtio queue then stands for ever (seen: a transmit queue, after minutes).
places=$((cpus > 1 ? cpus : 2))
# Each machine has a clock, a random source and nothing that a rented VM would not have. The disk is honest: what the guest flushed
# is on it when QEMU is killed.
bash -c 'echo 0 >"$1/cgroup.procs"; shift; exec "$@"' boot "$group" \
  qemu-system-x86_64 -name "$node" -nodefaults -no-user-config -display none -machine pc -cpu max -accel "$accelerator" \
  -smp "$cpus,maxcpus=$places" -m "$memory" -serial "file:$directory/console.log" -qmp "unix:/run/$port.qmp,server=on,wait=off" \
  -drive "file=$directory/disk.qcow2,if=virtio,format=qcow2,discard=unmap" \
  -drive "file=$directory/seed.iso,if=virtio,format=raw,readonly=on" \
  -netdev "tap,id=net0,ifname=$port,script=no,downscript=no" -device "virtio-net-pci,netdev=net0,mac=$mac,romfile=" \
  -device virtio-rng-pci </dev/null >>"$directory/qemu.log" 2>&1 &
