namespace RedisHaBake.Model.Render;

/// <summary>One file that the product writes whole.</summary>
/// <param name="Path">Absolute path on the node.</param>
/// <param name="Content">The text, with LF line ends and a final one.</param>
/// <param name="Mode">Octal permissions such as "0640", in force from the file's first byte.</param>
/// <param name="Group">The group; the owner is root, except that <paramref name="Owner"/> says otherwise.</param>
/// <param name="Owner">The owner.</param>
public sealed record ManagedFile(string Path, string Content, string Mode = "0644", string Group = "root", string Owner = "root");
