namespace RedisHaBake.Model.Spec.Rules;

/// <summary>
/// What may stand first on a line of haproxy.cfg, by section: what HAProxy 2.6.12 and 3.0.11 answer when they are asked (a contract test asks again,
/// and compares with `haproxy -dKall`), and what the source of 2.4 and 2.8 does not have of it.
/// </summary>
internal static class HaproxyWords
{
    private const string Proxy =
        """
        acl backlog balance bind bind-process capture clitcpka-cnt clitcpka-idle clitcpka-intvl compression cookie declare default-server default_backend
        description disabled dispatch dynamic-cookie-key email-alert enabled error-log-format errorfile errorfiles errorloc errorloc302 errorloc303
        external-check filter force-persist fullconn guid hash-balance-factor hash-type http-after-response http-check http-error http-request http-response
        http-reuse http-send-name-header id ignore-persist load-server-state-from-file log log-format log-format-sd log-tag max-keep-alive-queue
        max-session-srv-conns maxconn mode monitor monitor-uri option persist rate-limit redirect retries retry-on server server-state-file-name
        server-template source srvtcpka-cnt srvtcpka-idle srvtcpka-intvl stats stick stick-table tcp-check tcp-request tcp-response timeout transparent
        unique-id-format unique-id-header use-fcgi-app use-server use_backend
        """;

    private const string Options =
        """
        abortonclose accept-invalid-http-request accept-invalid-http-response allbackups checkcache clitcpka contstats disable-h2-upgrade dontlog-normal
        dontlognull external-check forwarded forwardfor h1-case-adjust-bogus-client h1-case-adjust-bogus-server http-buffer-request http-ignore-probes
        http-keep-alive http-no-delay http-pretend-keepalive http-restrict-req-hdr-names http-server-close http-use-proxy-header httpchk httpclose httplog
        httpslog idle-close-on-response independent-streams ldap-check log-health-checks log-separate-errors logasap mysql-check nolinger originalto persist
        pgsql-check prefer-last-server redis-check redispatch smtpchk socket-stats splice-auto splice-request splice-response spop-check srvtcpka
        ssl-hello-chk tcp-check tcp-smart-accept tcp-smart-connect tcpka tcplog transparent
        """;

    private static readonly HashSet<string> NeverNegated =
    [
        "external-check", "forwardfor", "http-restrict-req-hdr-names", "httpchk", "httplog", "httpslog", "ldap-check", "mysql-check", "originalto", "pgsql-check",
        "redis-check", "smtpchk", "spop-check", "ssl-hello-chk", "tcp-check", "tcpka", "tcplog",
    ];

    private static readonly Dictionary<string, string[]> BySection = new()
    {
        ["listen"] = Split(Proxy),
        ["frontend"] = [.. Split(Proxy).Except(["server", "server-template", "default-server"])],
        ["backend"] = Split(Proxy),
        ["userlist"] = Split("group user"),
        ["peers"] = Split("bind default-bind default-server disabled enabled log peer server shards table"),
        ["resolvers"] = Split("accepted_payload_size hold nameserver parse-resolv-conf resolve_retries timeout"),
        ["mailers"] = Split("mailer timeout"),
        ["cache"] = Split("max-age max-object-size max-secondary-entries process-vary total-max-size"),
        ["ring"] = Split("backing-file description format maxlen server size timeout"),
        ["program"] = Split("command group option user"),
        ["fcgi-app"] = Split("acl docroot index log-stderr option pass-header path-info set-param"),
        ["http-errors"] = Split("errorfile"),
        ["log-forward"] = Split("backlog bind dgram-bind log maxconn timeout"),
        ["crt-store"] = Split("crt-base key-base load"),
    };

    private static readonly string[] AllTimeouts =
        ["check", "client", "client-fin", "client-hs", "connect", "http-keep-alive", "http-request", "queue", "server", "server-fin", "tarpit", "tunnel"];

    private static readonly Version Never = new(99, 0);

    private static readonly Version LogMode = new(2, 9);

    // What not every HAProxy of a supported system has: Ubuntu 22.04 has 2.4, Debian 12 2.6, Ubuntu 24.04 2.8, Debian 13 3.0.
    private static readonly Dictionary<string, (Version From, Version Before)> NotEverywhere = new()
    {
        ["bind-process"] = (new(0, 0), new(2, 7)),
        ["error-log-format"] = (new(2, 5), Never),
        ["httpslog"] = (new(2, 5), Never),
        ["backing-file"] = (new(2, 6), Never),
        ["forwarded"] = (new(2, 8), Never),
        ["shards"] = (new(2, 8), Never),
        ["client-hs"] = (new(3, 0), Never),
        ["crt-store"] = (new(3, 0), Never),
        ["guid"] = (new(3, 0), Never),
    };

    /// <summary>The kinds of sections.</summary>
    public static IReadOnlyList<string> Sections(Version haproxy) => [.. BySection.Keys.Where(w => Has(haproxy, w))];

    /// <summary>The keywords of a kind of section.</summary>
    public static IReadOnlyList<string> Of(string section, Version haproxy) => [.. BySection[section].Where(w => Has(haproxy, w))];

    /// <summary>What may follow <paramref name="keyword"/> in a listen, frontend or backend; null where that is not one of a few words.</summary>
    public static IReadOnlyList<string>? After(string keyword, Version haproxy) => keyword switch
    {
        "option" => [.. Split(Options).Where(w => Has(haproxy, w))],
        "timeout" => [.. AllTimeouts.Where(w => Has(haproxy, w))],
        "mode" => haproxy >= LogMode ? ["tcp", "http", "log"] : ["tcp", "http"],
        _ => null,
    };

    /// <summary>Whether `no` or `default` may stand before this keyword of a listen, frontend or backend and what follows it.</summary>
    public static bool MayFollow(string negation, string keyword, string next) => keyword switch
    {
        "log" => negation == "no",
        "option" => !NeverNegated.Contains(next) && (negation, next) != ("default", "forwarded"),
        _ => false,
    };

    private static bool Has(Version haproxy, string word) => !NotEverywhere.TryGetValue(word, out var range) || (haproxy >= range.From && haproxy < range.Before);

    private static string[] Split(string words) => words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
