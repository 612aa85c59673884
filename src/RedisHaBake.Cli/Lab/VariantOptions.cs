using System.CommandLine;
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

    private Option[] All => [_suite, _engine, _profile, _stock, _baked, _agent];

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
        LabRequirements.Check();
        return new(
            result.GetValue(_suite)!, result.GetValue(_engine)!, result.GetValue(_stock), result.GetValue(_baked), AgentPackage.Find(result.GetValue(_agent)!),
            result.GetValue(_profile)!);
    }

    /// <summary>The first of these options that was given, or null.</summary>
    public string? Given(ParseResult result) => All.FirstOrDefault(o => result.GetResult(o) is { Implicit: false })?.Name;
}
