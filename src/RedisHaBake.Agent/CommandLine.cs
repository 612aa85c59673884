using System.Runtime.InteropServices;
using RedisHaBake.Agent.Boot;
using RedisHaBake.Agent.Doctor;
using RedisHaBake.Agent.Failover;
using RedisHaBake.Agent.Hooks;
using RedisHaBake.Agent.Join;
using RedisHaBake.Agent.Machine;
using RedisHaBake.Agent.Meeting;
using RedisHaBake.Agent.Status;
using RedisHaBake.Agent.Systemd;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Agent;

/// <summary>The program's verbs. By hand, because hooks run around every start of Redis and must not pay for a parser or a host.</summary>
public static class CommandLine
{
    private const string Help = """
        redishabake-agent: makes this machine the member of a Redis cluster that /etc/redishabake/node.json describes

          status [--output json]   this node and the cluster as seen from here
          doctor [--output json]   what is wrong, and what to do about it; exit 1 when something is
          plan [--output json]     what differs from the plan; exit 2 when something does
          apply                    make the machine what the plan says, once, and wait until it is ready
          run                      the same, then keep watching (redishabake-agent.service)
          watch                    the second half of it alone
          switchover [--to NODE]   make another node master, losing no write
          verify [--output json]   write and read as a client would
          verify --move-addresses  and really move the floating addresses once: whether the provider lets them
          bootstrap --without NODE make a new cluster although this data node does not come (first boot only)
          addresses --write A --read B   give, change or take (none) the extra addresses of a cluster whose addresses came late
          replace NODE             this VM died and was created anew with another address
          recover --from NODE      go on with this node's data where the master is gone for good and nobody was in sync with it
          join                     find out what this node's Redis shall be (redishabake-join.service)
          hook NAME                around the start and stop of Redis and Sentinel (called by systemd)
          schema                   the newest plan schema that it reads (images are stamped with it)
          --version, --help        VERB --help says more of one

        exit: 0 good, 1 failed, 2 changes pending, 64 wrong usage, 78 the plan cannot be used,
              130 interrupted by SIGINT (Ctrl-C), 143 by SIGTERM

        """;

    /// <summary>Runs one verb.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length > 1 && args.Skip(1).Any(a => a is "--help" or "-h") && VerbHelp.Of(args[0]) is { } help)
        {
            Console.Out.Write(help);
            return ExitCode.Good;
        }

        var (json, words) = WithoutOutput(args);
        switch (words)
        {
            case ["--version" or "version"]:
                Console.Out.WriteLine(BootStory.Version);
                return ExitCode.Good;
            case ["schema"]:
                Console.Out.WriteLine(NodePlan.NewestSchema);
                return ExitCode.Good;
            case ["--help" or "-h" or "help"]:
                Console.Out.Write(Help);
                return ExitCode.Good;
            case ["run"]:
                // The host listens for SIGTERM itself. A watch that was killed goes on, whatever became of the plan meanwhile.
                return await OpenAsync(AgentService.RunAsync, orLastGood: Watch.WatchMark.IsThere(new MachineRoot("/")), waits: true);
            case ["watch"]:
                return await OpenAsync(AgentService.WatchAsync, orLastGood: true);
            case ["apply"]:
                return await InterruptiblyAsync((agent, ct) => ApplyCommand.RunAsync(agent, ct), waits: true);
            case ["plan"]:
                return await InterruptiblyAsync((agent, ct) => PlanCommand.RunAsync(agent, json, Console.Out, ct), waits: true);
            case ["status"]:
                return await OpenAsync(agent => StatusCommand.RunAsync(agent, json, Console.Out, CancellationToken.None), orLastGood: true, waits: true);
            case ["doctor"]:
                return await OpenAsync(agent => DoctorCommand.RunAsync(agent, json, Console.Out, CancellationToken.None), orLastGood: true, waits: true);
            case ["verify"]:
                return await InterruptiblyAsync((agent, ct) => VerifyCommand.RunAsync(agent, moveAddresses: false, json, Console.Out, ct), orLastGood: true);
            case ["verify", "--move-addresses"]:
                return await InterruptiblyAsync((agent, ct) => VerifyCommand.RunAsync(agent, moveAddresses: true, json, Console.Out, ct));
            case ["bootstrap", .. var without] when Names(without) is { Count: > 0 } absent:
                return await InterruptiblyAsync((agent, ct) => BootstrapCommand.RunAsync(agent, absent, Console.Out, ct));
            case ["addresses", .. var given] when Extra(given) is var (write, read):
                return await InterruptiblyAsync((agent, ct) => AddressesCommand.RunAsync(agent, write, read, Console.Out, ct));
            case ["replace", var dead]:
                return await InterruptiblyAsync((agent, ct) => ReplaceCommand.RunAsync(agent, dead, Console.Out, ct));
            case ["recover", "--from", var from]:
                return await InterruptiblyAsync((agent, ct) => RecoverCommand.RunAsync(agent, from, Console.Out, ct), orLastGood: true);
            case ["switchover"]:
                return await InterruptiblyAsync((agent, ct) => SwitchoverCommand.RunAsync(agent, null, Console.Out, ct), orLastGood: true);
            case ["switchover", "--to", var to]:
                return await InterruptiblyAsync((agent, ct) => SwitchoverCommand.RunAsync(agent, to, Console.Out, ct), orLastGood: true);
            case ["join"]:
                return await InterruptiblyAsync((agent, ct) => JoinCommand.RunAsync(agent, ct), orLastGood: true, bySystemd: true);
            case ["hook", var name]:
                return await InterruptiblyAsync((agent, ct) => HookCommand.RunAsync(agent, name, ct), orLastGood: true, bySystemd: true, forHook: true);
            default:
                Console.Error.WriteLine(
                    args.Length == 0 ? "expected a command; redishabake-agent --help lists them"
                    : VerbHelp.Of(args[0]) is null ? $"there is no command \"{args[0]}\"; redishabake-agent --help lists them"
                    : $"\"{string.Join(' ', args)}\" is not how {args[0]} is called\n{VerbHelp.Usage(args[0])}");
                return ExitCode.Usage;
        }
    }

    // "--output json", by those verbs that have it, wherever it stands; anything else stays, and is wrong.
    private static (bool Json, string[] Words) WithoutOutput(string[] args)
    {
        if (args is not ["status" or "doctor" or "plan" or "verify", ..])
            return (false, args);
        for (var i = 1; i < args.Length; i++)
        {
            if (args[i] is "--output=json")
                return (true, [.. args[..i], .. args[(i + 1)..]]);
            if (args[i] is "--output" or "-o" && i + 1 < args.Length && args[i + 1] == "json")
                return (true, [.. args[..i], .. args[(i + 2)..]]);
        }

        return (false, args);
    }

    private static async Task<int> OpenAsync(Func<AgentContext, Task<int>> command, bool orLastGood = false, bool waits = false, bool forHook = false)
    {
        try
        {
            // Under systemd standard error is the journal already; everywhere else somebody looks on.
            var terminal = Environment.GetEnvironmentVariable("JOURNAL_STREAM") is null ? Console.Error : null;
            return await command(await AgentContextOpener.OpenAsync(new MachineRoot("/"), terminal, orLastGood, waits, forHook));
        }
        catch (NodePlanException e)
        {
            Console.Error.WriteLine($"redishabake-agent: {e.Message}");
            return ExitCode.PlanUnusable;
        }
        catch (Exception e) when (e is MachineException or SystemdException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"redishabake-agent: {e.Message}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            // Told to stop, by systemd: no failure.
            return ExitCode.Good;
        }
    }

    // A verb that SIGINT and SIGTERM end. Systemd stops the join and the hooks with Redis, and that is no failure; a person, or a script,
    // must not take a verb that was interrupted for one that was done.
    private static async Task<int> InterruptiblyAsync(
        Func<AgentContext, CancellationToken, Task<int>> command, bool orLastGood = false, bool waits = false, bool forHook = false, bool bySystemd = false)
    {
        using var stop = new SignalStop();
        return await OpenAsync(
            async agent =>
            {
                try
                {
                    return await command(agent, stop.Token);
                }
                catch (OperationCanceledException) when (stop.ExitCode is { } code && !bySystemd)
                {
                    Console.Error.WriteLine("redishabake-agent: interrupted before it was done");
                    return code;
                }
            }, orLastGood, waits, forHook);
    }

    // "--without a --without b"; empty for anything else.
    private static List<string> Names(string[] arguments)
        => arguments.Length % 2 == 0 && arguments.Where((_, i) => i % 2 == 0).All(a => a == "--without") ? [.. arguments.Where((_, i) => i % 2 == 1).Distinct()] : [];

    // "--write a --read b", one of them or both; null for anything else.
    private static (string? Write, string? Read)? Extra(string[] arguments) => arguments switch
    {
        ["--write", var write] => (write, null),
        ["--read", var read] => (null, read),
        ["--write", var write, "--read", var read] => (write, read),
        ["--read", var read, "--write", var write] => (write, read),
        _ => null,
    };

    private sealed class SignalStop : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly PosixSignalRegistration _term;
        private readonly PosixSignalRegistration _int;

        public SignalStop()
        {
            _term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => Cancel(c, Agent.ExitCode.Terminated));
            _int = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => Cancel(c, Agent.ExitCode.Interrupted));
        }

        public CancellationToken Token => _stop.Token;

        // Null until a signal came.
        public int? ExitCode { get; private set; }

        public void Dispose()
        {
            _term.Dispose();
            _int.Dispose();
            _stop.Dispose();
        }

        private void Cancel(PosixSignalContext context, int code)
        {
            context.Cancel = true;
            ExitCode ??= code;
            _stop.Cancel();
        }
    }
}
