# Removes what namespaces do not take with them: the lab's cgroups and its files. $1 lab, $2 its directory.
# cgroup2 may be mounted anywhere or nowhere on the host, so a private mount shows it.
# shellcheck disable=SC2016
unshare --mount --propagation private bash -c '
  mount -t cgroup2 cgroup2 /sys/fs/cgroup || exit 0
  group=/sys/fs/cgroup/redishabake-lab-$1
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ -d "$group" ] || exit 0
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null
    [ -d "$group" ] && sleep 0.1
  done' cleanup "$1"
rm -rf --one-file-system "$2"
