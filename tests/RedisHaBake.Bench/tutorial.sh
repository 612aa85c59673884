#!/bin/bash
# The tutorial's own commands in its own order, as an operator would paste them for cloud-init to run: the node at @ADDRESS@, the master
# at @MASTER@. Left out is only what this machine has already (the packages), and "redis" is called by its Debian name.
exec > /var/log/tutorial.log 2>&1
set -x
password=R3plicationP4sswd
address=@ADDRESS@
master=@MASTER@

echo never > /sys/kernel/mm/transparent_hugepage/enabled
echo 1 > /proc/sys/vm/overcommit_memory
echo 'vm.overcommit_memory = 1' >> /etc/sysctl.conf
echo 1 > /proc/sys/vm/swappiness
echo 'vm.swappiness = 1' >> /etc/sysctl.conf

if [ "$address" = "$master" ]; then
    ip addr add 10.10.90.92/24 dev eth0
    ip addr add 10.10.90.50/24 dev eth0
fi

sed -i -E '/^(bind|protected-mode|replicaof|requirepass|masterauth|masteruser|appendonly) /d' /etc/redis/redis.conf
{
    echo "bind 127.0.0.1 $address"
    echo "protected-mode no"
    [ "$address" = "$master" ] || echo "replicaof $master 6379"
    echo "requirepass $password"
    echo "masterauth $password"
    echo "masteruser admin"
    echo "appendonly yes"
} >> /etc/redis/redis.conf
systemctl restart redis-server

redis-cli -p 6379 << COMMANDS
AUTH default $password
ACL SETUSER admin on allchannels >$password ~* &* +@all
CONFIG REWRITE
COMMANDS

sed -i -E '/^(protected-mode|sentinel monitor|sentinel down-after-milliseconds|sentinel failover-timeout|sentinel auth-)/d' /etc/redis/sentinel.conf
cat >> /etc/redis/sentinel.conf << SENTINEL
protected-mode no
sentinel monitor mymaster $master 6379 2
sentinel down-after-milliseconds mymaster 15000
sentinel failover-timeout mymaster 30000
sentinel auth-pass mymaster $password
sentinel auth-user mymaster admin
SENTINEL
systemctl restart redis-sentinel

[ "$address" = "$master" ] || exit 0
check() {
    cat << CHECK
    option tcp-check
    tcp-check connect
    tcp-check send AUTH\\ admin\\ $password\\r\\n
    tcp-check send PING\\r\\n
    tcp-check expect string +PONG
    tcp-check send info\\ replication\\r\\n
    tcp-check expect string role:$1
    tcp-check send QUIT\\r\\n
    tcp-check expect string +OK
    server redis-a 10.10.90.37:6379 check inter 1s
    server redis-b 10.10.90.227:6379 check inter 1s
    server redis-c 10.10.90.147:6379 check inter 1s
CHECK
}
{
    printf '%s\n' 'listen stats' '    bind *:8080' '    stats enable' '    stats hide-version' '    stats refresh 30s' '    stats show-node' \
        '    stats auth appadmin:Asdf1234' '    stats uri /stats' \
        'defaults REDIS' '    mode tcp' '    timeout connect 3s' '    timeout server 30s' '    timeout client 30s' \
        'frontend front_redis_master' '    bind 10.10.90.92:6379 name redis' '    default_backend back_redis_master' \
        'frontend front_redis_slave' '    bind 10.10.90.50:6379 name redis' '    default_backend back_redis_slave' \
        'backend back_redis_master'
    check master
    echo 'backend back_redis_slave'
    check slave
} >> /etc/haproxy/haproxy.cfg
systemctl restart haproxy
