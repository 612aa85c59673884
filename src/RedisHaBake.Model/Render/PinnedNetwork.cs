namespace RedisHaBake.Model.Render;

/// <summary>
/// Pinned addresses at every boot, where systemd-networkd has the interface, by itself or for netplan: a drop-in beside the file by
/// which it set the interface up. Where that file is another one some day (netplan's definition was renamed) the drop-in says nothing
/// to anybody, while a definition of its own could take the interface over.
/// </summary>
public static class PinnedNetwork
{
    /// <summary>The drop-in for a network file such as /run/systemd/network/10-netplan-eth0.network.</summary>
    public static string PathOf(string networkFile) => $"/etc/systemd/network/{networkFile[(networkFile.LastIndexOf('/') + 1)..]}.d/redishabake.conf";

    /// <summary>The text.</summary>
    public static string Render(IEnumerable<string> addresses) => new ConfigText()
        .Line(ConfigText.Header("#"))
        .Section("[Network]", "", addresses.Select(a => $"Address={Cidr(a)}"))
        .ToString();

    /// <summary>
    /// The address as it is put on the interface: alone in its network. With the cluster's prefix it could become the one from which
    /// this machine speaks, if it were there before the machine's own.
    /// </summary>
    public static string Cidr(string address) => address + "/32";

    /// <summary>The file with its permissions.</summary>
    public static ManagedFile File(string networkFile, IEnumerable<string> addresses) => new(PathOf(networkFile), Render(addresses));
}
