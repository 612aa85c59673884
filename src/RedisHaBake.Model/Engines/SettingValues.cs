namespace RedisHaBake.Model.Engines;

/// <summary>
/// What settings may be set to: what Redis 7.0.15 and 8.0.2 and Valkey 8.1.1 answer to a file with a bad value in it. Of the releases between
/// them, whatever one of the neighbours takes. A contract test asks the real servers.
/// </summary>
internal static class SettingValues
{
    private static readonly (SettingValue Value, string Settings)[] Table =
    [
        (SettingValue.YesOrNo,
            """
            activedefrag activerehashing always-show-logo aof-disable-auto-gc aof-load-truncated aof-rewrite-incremental-fsync aof-timestamp-enabled
            aof-use-rdb-preamble cluster-allow-pubsubshard-when-down cluster-allow-reads-when-down cluster-allow-replica-migration
            cluster-replica-no-failover cluster-require-full-coverage cluster-slave-no-failover cluster-slot-stats-enabled crash-log-enabled
            crash-memcheck-enabled dual-channel-replication-enabled dynamic-hz enable-debug-assert extended-redis-compatibility
            hide-user-data-from-log import-mode io-threads-do-reads jemalloc-bg-thread latency-tracking lazyfree-lazy-eviction
            lazyfree-lazy-expire lazyfree-lazy-server-del lazyfree-lazy-user-del lazyfree-lazy-user-flush lua-enable-deprecated-api
            lua-enable-insecure-api no-appendfsync-on-rewrite
            rdb-del-sync-files rdb-save-incremental-fsync rdbchecksum rdbcompression repl-disable-tcp-nodelay replica-ignore-disk-write-errors
            replica-ignore-maxmemory replica-lazy-flush replica-serve-stale-data set-proc-title slave-ignore-maxmemory slave-lazy-flush
            slave-serve-stale-data stop-writes-on-bgsave-error syslog-enabled tls-prefer-server-ciphers tls-session-caching use-exit-on-panic
            """),
        (SettingValue.Whole(0, int.MaxValue),
            """
            auto-aof-rewrite-percentage cluster-migration-barrier cluster-replica-validity-factor cluster-slave-validity-factor
            events-per-io-thread hz lfu-decay-time lfu-log-factor list-compress-depth tcp-backlog tls-session-cache-size
            tls-session-cache-timeout watchdog-period
            """),
        (SettingValue.Whole(0, long.MaxValue),
            """
            acllog-max-len busy-reply-threshold cluster-node-timeout cluster-ping-interval commandlog-large-reply-max-len
            commandlog-large-request-max-len commandlog-slow-execution-max-len hash-max-listpack-entries hash-max-ziplist-entries
            latency-monitor-threshold lua-time-limit repl-backlog-ttl set-max-intset-entries set-max-listpack-entries set-max-listpack-value
            slowlog-max-len stream-node-max-entries tracking-table-max-keys zset-max-listpack-entries zset-max-ziplist-entries
            """),
        (SettingValue.Whole(1, int.MaxValue), "cluster-manual-failover-timeout databases repl-ping-replica-period repl-ping-slave-period repl-timeout"),
        (SettingValue.Whole(1, long.MaxValue), "active-defrag-max-scan-fields"),
        (SettingValue.Whole(int.MinValue, int.MaxValue), "key-load-delay list-max-listpack-size list-max-ziplist-size rdb-key-save-delay"),
        (SettingValue.Whole(long.MinValue, long.MaxValue),
            "cluster-blacklist-ttl commandlog-execution-slower-than commandlog-reply-larger-than commandlog-request-larger-than slowlog-log-slower-than"),
        (SettingValue.Whole(0, 65535), "cluster-announce-bus-port cluster-announce-port cluster-announce-tls-port cluster-port rdma-port"),
        (SettingValue.Whole(0, 100), "cluster-compatibility-sample-ratio maxmemory-eviction-tenacity"),
        (SettingValue.Whole(0, 128), "prefetch-batch-max-size"),
        (SettingValue.Whole(0, 1000), "active-defrag-threshold-lower active-defrag-threshold-upper"),
        (SettingValue.Whole(0, 100_000), "active-defrag-cycle-us"),
        (SettingValue.Whole(0, uint.MaxValue), "socket-mark-id"),
        (SettingValue.Whole(1, uint.MaxValue), "maxclients"),
        (SettingValue.Whole(1, 10), "active-expire-effort"),
        (SettingValue.Whole(1, 99), "active-defrag-cycle-max active-defrag-cycle-min"),
        (SettingValue.Whole(1, 1000), "max-new-connections-per-cycle max-new-tls-connections-per-cycle"),
        (SettingValue.Whole(1024, int.MaxValue), "loading-process-events-interval-bytes"),
        (SettingValue.Whole(-1, 1024), "rdma-completion-vector"),
        (SettingValue.Whole(65_536, 16_777_216), "rdma-rx-size"),
        (SettingValue.Memory(0),
            """
            auto-aof-rewrite-min-size cluster-link-sendbuf-limit hash-max-listpack-value hash-max-ziplist-value hll-sparse-max-bytes
            replica-full-sync-buffer-limit stream-node-max-bytes zset-max-listpack-value zset-max-ziplist-value
            """),
        (SettingValue.Memory(1), "active-defrag-ignore-bytes"),
        (SettingValue.Memory(1 << 20), "client-query-buffer-limit proto-max-bulk-len"),
        (SettingValue.MemoryOrPercent, "maxmemory-clients"),
        (SettingValue.Permissions, "unixsocketperm"),
        (SettingValue.BufferLimits, "client-output-buffer-limit"),
        (SettingValue.Percentiles, "latency-tracking-info-percentiles"),
        (SettingValue.Events, "notify-keyspace-events"),
        (SettingValue.ProcessTitle, "proc-title-template"),
        (SettingValue.OneOf("allchannels", "resetchannels"), "acl-pubsub-default"),
        (SettingValue.OneOf("ignore", "panic", "panic-on-replicas"), "propagation-error-behavior"),
        (SettingValue.OneOf("ip", "hostname", "unknown-endpoint"), "cluster-preferred-endpoint-type"),
        (SettingValue.OneOf("no", "yes", "clients"), "sanitize-dump-payload"),
        (SettingValue.OneOf("no", "yes", "local"), "enable-debug-command enable-module-command enable-protected-configs"),
        (SettingValue.OneOf("no", "yes", "optional"), "tls-auth-clients"),
        (SettingValue.OneOf("user", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"), "syslog-facility"),
        (SettingValue.OneOf("disabled", "on-empty-db", "swapdb"), "repl-diskless-load"),
        (SettingValue.OneOf("debug", "verbose", "notice", "warning", "nothing"), "loglevel"),
        (SettingValue.OneOf("legacy", "logfmt"), "log-format"),
        (SettingValue.OneOf("legacy", "iso8601", "milliseconds"), "log-timestamp-format"),
        (SettingValue.OneOf("strict", "relaxed"), "rdb-version-check"),
        (SettingValue.Shutdown, "shutdown-on-sigint"),
        (SettingValue.Whole(1, 128), "io-threads"),
        (SettingValue.Whole(1, int.MaxValue), "maxmemory-samples"),
        (SettingValue.Text,
            """
            aof-rewrite-cpulist aof_rewrite_cpulist availability-zone bgsave-cpulist bgsave_cpulist bind-source-addr bio-cpulist bio_cpulist
            cluster-announce-human-nodename cluster-announce-ip cluster-config-file debug-context ignore-warnings list-max-ziplist-entries
            list-max-ziplist-value locale-collate lua-replicate-commands server-cpulist server_cpulist syslog-ident tls-ca-cert-dir
            tls-ca-cert-file tls-cert-file tls-ciphers tls-ciphersuites tls-client-cert-file tls-client-key-file tls-client-key-file-pass
            tls-dh-params-file tls-key-file tls-key-file-pass tls-protocols unixsocket unixsocketgroup
            """),
    ];

    private static readonly Dictionary<string, SettingValue> ByName = Table
        .SelectMany(t => t.Settings.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(word => (word, t.Value)))
        .ToDictionary(t => t.word, t => t.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>What <paramref name="setting"/> may be set to; null where that is not known here.</summary>
    /// <param name="setting">Its name, in any case.</param>
    /// <param name="release">Whose.</param>
    /// <param name="ofDistribution">Whether the server is the distribution's build.</param>
    public static SettingValue? Of(string setting, EngineRelease release, bool ofDistribution) => setting.ToLowerInvariant() switch
    {
        "activedefrag" when ofDistribution => SettingValue.No,
        "dynamic-hz" when release == EngineRelease.Valkey8 => SettingValue.Text,
        "io-threads" when release == EngineRelease.Valkey8 => SettingValue.Whole(1, 256),
        "io-threads-do-reads" when release == EngineRelease.Valkey8 || release == EngineRelease.Redis8 => SettingValue.Text,
        "loglevel" when release == EngineRelease.Redis70 => SettingValue.OneOf("debug", "verbose", "notice", "warning"),
        "maxmemory-samples" when release == EngineRelease.Valkey8 || release == EngineRelease.Redis8 => SettingValue.Whole(1, 64),
        "repl-diskless-load" when release == EngineRelease.Valkey8 => SettingValue.OneOf("disabled", "on-empty-db", "swapdb", "flush-before-load"),
        var name => ByName.GetValueOrDefault(name),
    };
}
