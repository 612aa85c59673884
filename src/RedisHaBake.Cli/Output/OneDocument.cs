using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RedisHaBake.Cli.Output;

/// <summary>
/// Standard output of a run that was asked for JSON: one document with the version of its format, in however many pieces the command
/// says it (a table of drills, then why they ended early).
/// </summary>
internal sealed class OneDocument : StringWriter
{
    /// <summary>The version of every document that commands print; raised when a member changes its meaning or goes.</summary>
    public const int Format = 1;

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private readonly JsonObject members = [];

    /// <summary>Adds to the document; a member that is there already is replaced.</summary>
    public void Add(JsonObject more)
    {
        foreach (var (name, value) in more.ToList())
        {
            more.Remove(name);
            members[name] = value;
        }
    }

    /// <summary>Makes what was written as text so far the member <paramref name="name"/>.</summary>
    public void Wrap(string name)
    {
        members[name] = GetStringBuilder().ToString();
        GetStringBuilder().Clear();
    }

    /// <summary>The document. A command that prints JSON of a format of its own (the schema) has it as it is; every other one says whether all went well, which pending changes do not contradict.</summary>
    public string End(bool good)
    {
        if (members.Count == 0 && GetStringBuilder().Length > 0)
            return GetStringBuilder().ToString();
        members.TryAdd("good", good);
        members.Insert(0, "format", Format);
        return members.ToJsonString(Layout) + "\n";
    }
}
