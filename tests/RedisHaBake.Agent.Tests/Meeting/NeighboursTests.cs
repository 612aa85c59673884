using RedisHaBake.Agent.Addresses;
using RedisHaBake.Agent.Machine;

namespace RedisHaBake.Agent.Tests.Meeting;

public class NeighboursTests
{
    private readonly Network _network = new();

    [Fact]
    public async Task An_address_that_nobody_has_is_free_whatever_the_kernel_remembers()
    {
        _network.Remembered["10.10.90.50"] = "02:00:00:00:00:50";
        Assert.Null(await RefusalAsync("10.10.90.50"));
    }

    [Fact]
    public async Task The_gateway_and_the_address_of_another_machine_are_refused_with_what_was_found()
    {
        _network.Machines["10.10.90.50"] = "02:00:00:00:00:50";
        Assert.Equal("10.10.90.1 is the network's gateway", await RefusalAsync("10.10.90.1"));
        Assert.Equal("10.10.90.50 is taken: a machine with the hardware address 02:00:00:00:00:50 answers there", await RefusalAsync("10.10.90.50"));
        _network.Gateway = null;
        Assert.Contains("is taken", await RefusalAsync("10.10.90.50"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_router_that_answers_for_every_address_says_nothing_about_one()
    {
        _network.AnswersForAll = true;
        Assert.Null(await RefusalAsync("10.10.90.50"));
    }

    private Task<string?> RefusalAsync(string address)
        => new Neighbours(_network, (asked, _) => { _network.Ask(asked); return Task.CompletedTask; }).RefusalAsync(address, TestContext.Current.CancellationToken);

    /// <summary>A network, and what this machine's kernel remembers of it.</summary>
    private sealed class Network : IPrograms
    {
        private const string GatewayMac = "02:00:00:00:00:01";

        public string? Gateway { get; set; } = "10.10.90.1";

        public bool AnswersForAll { get; set; }

        public Dictionary<string, string> Machines { get; } = [];

        public Dictionary<string, string> Remembered { get; } = [];

        public void Ask(string address)
        {
            if (address == Gateway || AnswersForAll)
                Remembered[address] = GatewayMac;
            else if (Machines.TryGetValue(address, out var mac))
                Remembered[address] = mac;
        }

        private string Forget(string address)
        {
            Remembered.Remove(address);
            return "";
        }

        public Task<ProgramResult> RunAsync(string file, IReadOnlyList<string> arguments, CancellationToken ct = default)
        {
            var output = arguments switch
            {
                ["-j", "-4", "route", "show", "default"] => Gateway is null ? "[ ]" : $$"""[{"dst":"default","gateway":"{{Gateway}}","dev":"eth0","flags":[]}]""",
                ["-j", "-4", "neighbour", "show", "to", var address] => Remembered.TryGetValue(address, out var mac)
                    ? $$"""[{"dst":"{{address}}","dev":"eth0","lladdr":"{{mac}}","state":["REACHABLE"]}]"""
                    : $$"""[{"dst":"{{address}}","dev":"eth0","state":["FAILED"]}]""",
                ["-4", "neighbour", "flush", "to", var address] => Forget(address),
                _ => throw new NotSupportedException(string.Join(' ', arguments)),
            };
            return Task.FromResult(new ProgramResult(0, output, ""));
        }
    }
}
