using RedisHaBake.Model.Plan;

namespace RedisHaBake.Model.Render;

/// <summary>The form of an aclfile: user lines only, since Redis allows neither comments nor empty words there.</summary>
internal static class AclText
{
    /// <summary>The user of those who do not know each other yet, where the plan has such.</summary>
    public static (string Name, string PasswordSha256, string Rights)[] Meeting(NodePlan plan)
        => plan.IsLate ? [(InternalUsers.Meeting, Sha256Hex.Of(MeetingPlace.Password(plan)), MeetingPlace.Rights)] : [];

    /// <summary>Nobody can become the user default; but where a server has data, it replays its append-only file as that user.</summary>
    public const string NobodyReplays = "~* &* +@all";

    /// <summary>The same of a server without data.</summary>
    public const string Nobody = "resetchannels -@all";

    /// <summary>The text.</summary>
    /// <param name="nobody">The rights of the user default where no person has that name. It is off.</param>
    /// <param name="people">The plan's users.</param>
    /// <param name="programs">The cluster's own.</param>
    public static string Render(
        string nobody,
        IEnumerable<(string Name, string PasswordSha256, string Rights)> people,
        IEnumerable<(string Name, string PasswordSha256, string Rights)> programs)
    {
        var users = people.Concat(programs).ToList();
        var text = new ConfigText();

        // An aclfile without a default user leaves it on, without a password, with all rights.
        if (users.TrueForAll(u => u.Name != "default"))
            text.Line($"user default off {nobody}");
        foreach (var (name, password, rights) in users)
            text.Line($"user {name} on #{password} resetchannels {rights}");
        return text.ToString();
    }
}
