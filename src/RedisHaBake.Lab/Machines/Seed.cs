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
            MakeOpen(seed);
        }

        File.WriteAllText(Path.Combine(seed, "meta-data"), MetaData(plan, node, generation));
        File.WriteAllText(Path.Combine(seed, "network-config"), NetworkConfig(plan, node, ""));
        WritePrivate(Path.Combine(seed, "user-data"), node.UserData);
        if (plan.WayOut is { } wayOut)
            WriteSurroundings(root, wayOut, plan.IsPrivate(node));
    }

    /// <summary>Writes the files of a VM's seed disk into a private directory: the same, with what a provider adds to it.</summary>
    /// <param name="directory">The directory; made.</param>
    /// <param name="plan">The lab.</param>
    /// <param name="node">The machine.</param>
    /// <param name="generation">As in <see cref="Write"/>.</param>
    /// <param name="mac">The machine's MAC address, by which it finds its interface.</param>
    /// <param name="publicKey">The lab's SSH key: meta-data carries it, as a portal's does, so the text stays what is pasted.</param>
    public static void WriteDisk(string directory, LabPlan plan, LabNode node, int generation, string mac, string publicKey)
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(directory, "meta-data"), MetaData(plan, node, generation) + $"public-keys:\n- {publicKey}\n");
        File.WriteAllText(Path.Combine(directory, "network-config"), NetworkConfig(plan, node, $"    match: {{macaddress: \"{mac}\"}}\n    set-name: {plan.Interface}\n"));
        WritePrivate(Path.Combine(directory, "user-data"), node.UserData);
        if (plan.WayOut is { } wayOut)
            File.WriteAllText(Path.Combine(directory, "vendor-data"), VendorData(wayOut, plan.IsPrivate(node)));
    }

    private static string MetaData(LabPlan plan, LabNode node, int generation)
        => $"instance-id: {plan.Name}-{node.Name}-{generation}\nlocal-hostname: {node.Name}\n";

    // Vendor-data is the provider's own part of cloud-init. bootcmd, which no text of ours uses: lists of two documents do not append.
    private static string VendorData(WayOut wayOut, bool isPrivate)
    {
        static string Put(string path, string text)
            => $"- [sh, -c, \"echo {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text))} | base64 -d > {path}\"]\n";
        return "#cloud-config\nbootcmd:\n"
            + Put("/etc/hosts", wayOut.Hosts(isPrivate))
            + Put("/etc/apt/sources.list", wayOut.SourcesList())
            + Put("/etc/apt/apt.conf.d/90redishabake-lab", wayOut.AptConf(isPrivate));
    }

    // What a provider's image and network bring along: archives that are near, and a way to them.
    private static void WriteSurroundings(string root, WayOut wayOut, bool isPrivate)
    {
        foreach (var directory in (string[])["etc", "etc/apt", "etc/apt/apt.conf.d"])
            MakeOpen(Path.Combine(root, directory));
        WriteOpen(Path.Combine(root, "etc/hosts"), wayOut.Hosts(isPrivate));
        WriteOpen(Path.Combine(root, "etc/apt/sources.list"), wayOut.SourcesList());
        WriteOpen(Path.Combine(root, "etc/apt/apt.conf.d/90redishabake-lab"), wayOut.AptConf(isPrivate));
    }

    private static void MakeOpen(string directory)
    {
        Directory.CreateDirectory(directory);
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
    }

    private static void WriteOpen(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, (UnixFileMode)0b110_100_100);
    }

    // Without accept-ra networkd waits 12 s for a router's IPv6 advertisement.
    private static string NetworkConfig(LabPlan plan, LabNode node, string match)
        => $"""
            version: 2
            ethernets:
              {plan.Interface}:
                dhcp4: false
                accept-ra: false
                addresses: [{node.Address}/{plan.PrefixLength}]

            """
            + match
            + (plan.Router == Words.None || plan.IsPrivate(node) ? "" : $"    routes: [{{to: 0.0.0.0/0, via: {plan.Router}}}]\n");

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
