using RedisHaBake.Model.Plan;

namespace RedisHaBake.Lab.Machines;

/// <summary>The NoCloud seed directory of a machine: what a provider's portal would hand to cloud-init.</summary>
internal static class Seed
{
    /// <summary>Writes the seed below a machine's root.</summary>
    /// <param name="root">The machine's own overlay directory.</param>
    /// <param name="plan">The lab.</param>
    /// <param name="node">The machine.</param>
    /// <param name="generation">1 for the first machine of that name; a re-created one is another instance.</param>
    public static void Write(string root, LabPlan plan, LabNode node, int generation)
    {
        // These become the machine's own directories, /, /var and so on: open to everyone, whatever this process's umask is.
        var seed = root;
        foreach (var part in (string[])["", "var", "lib", "cloud", "seed", "nocloud"])
        {
            seed = Path.Combine(seed, part);
            Directory.CreateDirectory(seed);
            File.SetUnixFileMode(seed, (UnixFileMode)0b111_101_101);
        }

        File.WriteAllText(Path.Combine(seed, "meta-data"), $"instance-id: {plan.Name}-{node.Name}-{generation}\nlocal-hostname: {node.Name}\n");
        File.WriteAllText(Path.Combine(seed, "network-config"), NetworkConfig(plan, node));
        WritePrivate(Path.Combine(seed, "user-data"), node.UserData);
    }

    // Without accept-ra networkd waits 12 s for a router's IPv6 advertisement.
    private static string NetworkConfig(LabPlan plan, LabNode node)
        => $"""
            version: 2
            ethernets:
              eth0:
                dhcp4: false
                accept-ra: false
                addresses: [{node.Address}/{plan.PrefixLength}]

            """
            + (plan.Gateway == Words.None ? "" : $"    routes: [{{to: 0.0.0.0/0, via: {plan.Gateway}}}]\n");

    private static void WritePrivate(string path, string text)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
