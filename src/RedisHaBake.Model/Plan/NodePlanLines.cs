using System.Text;

namespace RedisHaBake.Model.Plan;

/// <summary>Lays a plan's JSON out for people and for 16 KiB of user-data: one member a line, each short enough to read, ASCII only.</summary>
internal static class NodePlanLines
{
    /// <summary>Breaks compact JSON after every comma of the outermost object and of a list of objects in it; escapes what is not ASCII.</summary>
    public static string Lay(string compact)
    {
        var text = new StringBuilder(compact.Length * 2);
        var depth = 0;
        var inText = false;
        for (var i = 0; i < compact.Length; i++)
        {
            var c = compact[i];
            if (c > '~')
            {
                text.Append($"\\u{(int)c:X4}");
                continue;
            }

            text.Append(c);
            if (inText)
            {
                if (c == '\\')
                    text.Append(compact[++i]);
                else if (c == '"')
                    inText = false;
                continue;
            }

            inText = c == '"';
            depth += c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
            if ((c == '{' && depth == 1) || (c == ',' && depth == 1))
                text.Append("\n ");
            else if (c == ',' && depth == 2 && compact[i + 1] == '{')
                text.Append("\n  ");
            else if (c == ',' || (c == ':' && depth == 1))
                text.Append(' ');
        }

        return text.Insert(text.Length - 1, '\n').Append('\n').ToString();
    }
}
