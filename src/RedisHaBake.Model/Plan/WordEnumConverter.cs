using System.Text.Json.Serialization;

namespace RedisHaBake.Model.Plan;

/// <summary>Enums as words only: the framework's own string converter also accepts integers.</summary>
/// <typeparam name="T">The enum; its members carry <see cref="JsonStringEnumMemberNameAttribute"/>.</typeparam>
public sealed class WordEnumConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
