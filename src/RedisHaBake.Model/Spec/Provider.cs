namespace RedisHaBake.Model.Spec;

/// <summary>A place that VMs are rented from, by what it takes as user-data.</summary>
/// <param name="Word">The spec's word.</param>
/// <param name="Title">As people call it.</param>
/// <param name="Limit">Bytes of raw user-data that it takes.</param>
public sealed record Provider(string Word, string Title, int Limit)
{
    /// <summary>No provider named: the smallest common limit, EC2's.</summary>
    public static Provider Any { get; } = new("any", "any provider", 16_384);

    /// <summary>Every known one, in the order of the size table. Limits from their documentation; where it counts base64, three quarters of that.</summary>
    public static IReadOnlyList<Provider> All { get; } =
    [
        new("ec2", "EC2", 16_384),
        new("cloudstack", "CloudStack", 24_576),
        new("hetzner", "Hetzner", 24_576),
        new("openstack", "OpenStack", 49_149),
        new("digitalocean", "DigitalOcean", 65_536),
    ];
}
