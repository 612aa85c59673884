namespace RedisHaBake.Model.Plan;

/// <summary>The words of a plan for each address mode.</summary>
public sealed class AddressModeConverter() : WordConverter<AddressMode>(("none", AddressMode.None), ("floating", AddressMode.Floating), ("pinned", AddressMode.Pinned));
