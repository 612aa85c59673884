using System.CommandLine;
using RedisHaBake.Lab.Host;
using RedisHaBake.Lab.Machines;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Lab;

/// <summary>Options and arguments that several verbs share.</summary>
internal static class LabOptions
{
    /// <summary>--backend for containers.</summary>
    public const string Nspawn = "nspawn";

    /// <summary>--backend for VMs.</summary>
    public const string Vm = "vm";

    public static Option<string> Name() => new("--name", "-n")
    {
        Description = "The lab's name; not needed while there is only one.",
        DefaultValueFactory = _ => "",
    };

    public static Argument<string> Node() => new("node") { Description = "The node's name." };

    public static Option<string> Agent() => new("--agent")
    {
        Description = "The agent's .deb for the machines; by default the one that was built beside this program.",
        DefaultValueFactory = _ => "",
    };

    public static Option<string> Output() => new("--out", "-o")
    {
        Description = "Directory for the texts; by default out/ and the lab's name.",
        DefaultValueFactory = _ => "",
    };

    public static Option<string> Suite() => new("--suite")
    {
        Description = "The machines' distribution: bookworm, trixie, jammy or noble; by default the spec's.",
        DefaultValueFactory = _ => "",
    };

    public static Option<string> Engine() => new("--engine")
    {
        Description = "The machines' server, from their distribution's archive: redis-7, redis-8, valkey-8; by default the spec's.",
        DefaultValueFactory = _ => "",
    };

    public static Option<string> Profile()
    {
        var option = new Option<string>("--profile")
        {
            Description = "How the cluster fails over: fast, lan or noisy; by default as the spec says.",
            DefaultValueFactory = _ => "",
        };
        option.TakesOneOf([.. FailoverProfile.All.Select(p => p.Word)]);
        return option;
    }

    public static Option<bool> Stock() => new("--stock") { Description = "Machines that install everything by their texts, whatever the spec says (minutes)." };

    public static Option<bool> Baked() => new("--baked") { Description = "Machines that have everything on their disk, whatever the spec says (seconds)." };

    public static Option<string> Backend()
    {
        var option = new Option<string>("--backend")
        {
            Description = $"What the machines are: {Nspawn} for systemd-nspawn containers (seconds), {Vm} for QEMU VMs with a kernel and a disk of their own.",
            DefaultValueFactory = _ => Nspawn,
        };
        option.TakesOneOf(Nspawn, Vm);
        return option;
    }

    public static Option<string> Image() => new("--image")
    {
        Description = $"With --backend {Vm}: the VMs' disk image; by default the one that `make image` or, for stock machines, `make base-image` built.",
        DefaultValueFactory = _ => "",
    };

    public static RunningLab Open(ParseResult result, Option<string> name)
    {
        LabRequirements.Check();
        return RunningLab.Open(result.GetValue(name)!, LabPaths.Default);
    }
}
