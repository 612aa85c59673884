# PID 1 of the lab's own namespaces: as long as it lives the lab lives, and with it dies everything.
# $1 lab, $2 its directory, $3 MAC of the bridge, $4… addresses of the bridge. Descriptors 8 and 9: this computer's network and mount
# namespaces.
set -eu
lab=$1 directory=$2 mac=$3
shift 3
# systemd-nspawn keeps locks and mount points under /run: here they vanish with the lab.
mount -t tmpfs -o mode=0755 tmpfs /run
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mkdir "/sys/fs/cgroup/redishabake-lab-$lab"
ip link set lo up
# A fixed MAC: without one the bridge takes a port's, and re-creating that node would leave everyone with stale ARP for seconds.
ip link add br0 address "$mac" type bridge stp_state 0 forward_delay 0
for address; do ip address add "$address" dev br0; done
ip link set br0 up
# A silent cut: frames of a port in "cut" vanish, except those between the node and the client beside it.
nft -f - <<'RULES'
table bridge lab {
  set cut { type ifname; }
  set beside { type ifname . ipv4_addr; }
  chain forward {
    type filter hook forward priority 0;
    iifname @cut drop
    oifname @cut drop
  }
  chain input {
    type filter hook input priority 0;
    iifname . ip daddr @beside accept
    iifname . arp daddr ip @beside accept
    iifname @cut drop
  }
  chain output {
    type filter hook output priority 0;
    oifname . ip saddr @beside accept
    oifname . arp saddr ip @beside accept
    oifname @cut drop
  }
}
RULES
# The way out of stock machines. Each line of the file: address, port, server, its port; or the agent's package and the word package.
serve_package() {
  # shellcheck disable=SC2016
  systemd-socket-activate --listen="$1:$2" --accept --inetd bash -c '
    read -r method path rest
    while read -r line && [ ${#line} -gt 1 ]; do :; done
    if [ "$path" = "/${1##*/}" ] && [ -r "$1" ]; then
      printf "HTTP/1.1 200 OK\r\nContent-Length: %s\r\nConnection: close\r\n\r\n" "$(stat -c %s "$1")"
      [ "$method" = HEAD ] || exec cat "$1"
    else
      printf "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    fi' serve "$directory/$3"
}
# Listens here, connects from this computer's own network.
forward() {
  while :; do
    systemd-socket-activate --listen="$1:$2" nsenter --target "$outside" --net --mount /lib/systemd/systemd-socket-proxyd "$3:$4"
    sleep 1
  done
}
if [ -e "$directory/way-out" ]; then
  nsenter --net=/proc/self/fd/8 --mount=/proc/self/fd/9 sleep infinity </dev/null &
  outside=$!
  while read -r address port server what; do
    ip address replace "$address/32" dev lo
    if [ "$what" = package ]; then serve_package "$address" "$port" "$server"; else forward "$address" "$port" "$server" "$what"; fi </dev/null &
  done <"$directory/way-out"
fi
exec 8<&- 9<&-
: >"$directory/up"
# Until the lab is told to stay it ends with the process that made it.
read -r word || exit 1
[ "$word" = stay ] || exit 1
exec </dev/null
trap 'exit 0' TERM
while :; do sleep infinity & wait $! || :; done
