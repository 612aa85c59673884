using System.Text;

namespace RedisHaBake.Model.Render;

/// <summary>Collects the lines of one configuration file: LF line ends, a final one, sections parted by an empty line.</summary>
internal sealed class ConfigText
{
    private readonly StringBuilder text = new();

    public static string Header(string comment) => $"{comment} Written by RedisHaBake; changes made here are overwritten.";

    public ConfigText Line(string line = "")
    {
        text.Append(line).Append('\n');
        return this;
    }

    public ConfigText Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Line(line);
        return this;
    }

    /// <summary>A section as HAProxy and systemd write it: a title, then its lines, set apart from what stands above.</summary>
    public ConfigText Section(string title, string indent, params IEnumerable<string> lines)
    {
        if (text.Length > 0)
            Line();
        Line(title);
        return Lines(lines.Select(l => indent + l));
    }

    public override string ToString() => text.ToString();
}
