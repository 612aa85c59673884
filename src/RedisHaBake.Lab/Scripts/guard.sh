# Runs on the host beside the lab's keeper, in a session of its own, and cleans up when the keeper has ended, however it ended.
# $1 lab, $2 its directory, $3 keeper script, $4 cleanup script, $5… the keeper's arguments. Standard input: the keeper's.
lab=$1 directory=$2 keeper=$3 cleanup=$4
shift 4
# No pipe of the caller's is held open: `lab up | tail` ends when `lab up` does.
exec >/dev/null 2>&1
trap : INT TERM HUP
setpriv --pdeathsig KILL \
  unshare --net --mount --pid --fork --kill-child --propagation private --mount-proc \
  bash -c "$keeper" redishabake-lab-keeper "$lab" "$directory" "$@" >"$directory/keeper.log" 2>&1 \
  8</proc/self/ns/net 9</proc/self/ns/mnt
exec </dev/null
bash -c "$cleanup" redishabake-lab-cleanup "$lab" "$directory"
