namespace RedisHaBake.Cli.Tests;

/// <summary>One run of the command line: its exit code, data and talk.</summary>
internal sealed record Run(int Code, string Output, string Error)
{
    public static async Task<Run> Of(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, output, error);
        return new(code, output.ToString(), error.ToString());
    }
}
