using System.CommandLine;
using RedisHaBake.Cli.Commands;
using RedisHaBake.Cli.Output;

namespace RedisHaBake.Cli.Lab;

/// <summary>redishabake lab tour: what `make run` shows.</summary>
internal static class TourCommand
{
    public static Command Create()
    {
        var spec = Shared.SpecArgument();
        var name = LabOptions.Name();
        var output = LabOptions.Output();
        var machines = new VariantOptions();
        return machines.AddTo(new("tour", "Boot a cluster, write to it, stop its master's Redis as in the tutorial, see what happens; exit 0 when nothing was lost.")
        {
            spec, name, output,
        }).Do((result, ct) => RunAsync(new(result.GetValue(spec)!, result.GetValue(name)!, result.GetValue(output)!, machines.Read(result), Terminal.For(result)), ct), passesOn: true);
    }

    private static async Task<int> RunAsync(LabBringUp bringUp, CancellationToken ct)
    {
        await using var lab = await bringUp.CreateAsync(ct);
        if (lab is null)
            return ExitCode.Fault;
        var boot = new BootView();
        await boot.BootAsync(lab, lab.Machines, ct);
        var result = await Tour.RunAsync(lab, boot.ReadyAfter.Values.Max(), ct);
        result.Print(lab.State.Texts);
        if (!Console.IsInputRedirected && !Console.IsErrorRedirected)
            await StayAsync(lab, ct);
        await lab.DownAsync();
        Console.Error.WriteLine("The lab is down; nothing of it is left but its cached root filesystem and the texts.");
        return result.Succeeded ? ExitCode.Good : ExitCode.Fault;
    }

    private static async Task StayAsync(RedisHaBake.Lab.Machines.RunningLab lab, CancellationToken ct)
    {
        Console.Error.WriteLine("\nThe cluster stays up until you press Enter here.\n\n" + LookAround.Text(lab.Plan));
        var enter = Task.Run(Console.ReadLine, CancellationToken.None);
        await Task.WhenAny(enter, Task.Delay(Timeout.Infinite, ct));
    }
}
