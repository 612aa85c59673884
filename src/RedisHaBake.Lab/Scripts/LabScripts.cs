namespace RedisHaBake.Lab.Scripts;

/// <summary>The shell texts that hold a lab together: shell, because they are PID 1 or must outlive this program.</summary>
internal static class LabScripts
{
    public static string Guard { get; } = Load("guard.sh");

    public static string Keeper { get; } = Load("keeper.sh");

    public static string Cleanup { get; } = Load("cleanup.sh");

    public static string Machine { get; } = Load("machine.sh");

    public static string Layer { get; } = Load("layer.sh");

    public static string Vm { get; } = Load("vm.sh");

    public static string Accelerator { get; } = Load("accelerator.sh");

    private static string Load(string name)
    {
        using var stream = typeof(LabScripts).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
