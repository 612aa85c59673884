using System.CommandLine;
using RedisHaBake.Lab;
using RedisHaBake.Lab.Host;

namespace RedisHaBake.Cli.Lab;

/// <summary>The options that say what machines a lab has.</summary>
internal sealed class VariantOptions
{
    private readonly Option<string> _suite = LabOptions.Suite();
    private readonly Option<string> _engine = LabOptions.Engine();
    private readonly Option<string> _profile = LabOptions.Profile();
    private readonly Option<bool> _stock = LabOptions.Stock();
    private readonly Option<bool> _baked = LabOptions.Baked();
    private readonly Option<string> _agent = LabOptions.Agent();
    private readonly Option<string> _backend = LabOptions.Backend();
    private readonly Option<string> _image = LabOptions.Image();

    private Option[] All => [_suite, _engine, _profile, _stock, _baked, _agent, _backend, _image];

    /// <summary>The command with these options.</summary>
    public Command AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
        return command;
    }

    /// <summary>What was asked for.</summary>
    public LabVariant Read(ParseResult result)
    {
        var vms = result.GetValue(_backend) == LabOptions.Vm;
        LabRequirements.Check(vms);
        if (!vms && result.GetValue(_image)!.Length > 0)
            throw new LabException($"--image is for VMs; containers have a root filesystem of their own; expected --backend {LabOptions.Vm} with it");
        return new(
            result.GetValue(_suite)!, result.GetValue(_engine)!, result.GetValue(_stock), result.GetValue(_baked), AgentPackage.Find(result.GetValue(_agent)!),
            result.GetValue(_profile)!, vms ? VmBackend.Find(result.GetValue(_image)!) : null);
    }

    /// <summary>The first of these options that was given, or null.</summary>
    public string? Given(ParseResult result) => All.FirstOrDefault(o => result.GetResult(o) is { Implicit: false })?.Name;
}
