using System.Text;

namespace RedisHaBake.Model.Spec.Rules;

/// <summary>
/// A configuration line's words as the program itself splits them: a setting in quotes is the same setting. Null where a quote is never
/// closed, which no program starts on.
/// </summary>
internal static class QuotedWords
{
    /// <summary>As redis.conf and sentinel.conf are read (sdssplitargs); a comment has no words.</summary>
    public static IReadOnlyList<string>? OfRedis(string line)
    {
        var words = new List<string>();
        var i = 0;
        while (true)
        {
            while (i < line.Length && line[i] == ' ')
                i++;
            if (i == line.Length || (words.Count == 0 && line[i] == '#'))
                return words;
            var word = new StringBuilder();
            while (i < line.Length && line[i] != ' ')
            {
                if (line[i] is not ('"' or '\''))
                    word.Append(line[i++]);
                else if (!TryQuoted(line, ref i, word) || (i < line.Length && line[i] != ' '))
                    return null;
            }

            words.Add(word.ToString());
        }
    }

    /// <summary>As haproxy.cfg is read: quotes and backslashes anywhere in a word, a comment anywhere outside them.</summary>
    public static IReadOnlyList<string>? OfHaproxy(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote == '\0' && c == '#')
                break;
            if (quote == '\0' && c == ' ')
            {
                Close();
                continue;
            }

            word ??= new();
            if (c == '\\' && quote != '\'' && i + 1 < line.Length)
                word.Append(line[++i]);
            else if (c == quote)
                quote = '\0';
            else if (quote == '\0' && c is '"' or '\'')
                quote = c;
            else
                word.Append(c);
        }

        Close();
        return quote == '\0' ? words : null;

        void Close()
        {
            if (word is not null)
                words.Add(word.ToString());
            word = null;
        }
    }

    /// <summary>
    /// As keepalived.conf is read: a comment from ! or # on, quotes around what holds either; braces are words. An apostrophe inside a word is
    /// null too: keepalived 2.2 dies of it (SIGSEGV).
    /// </summary>
    public static IReadOnlyList<string>? OfKeepalived(string line)
    {
        var words = new List<string>();
        var i = 0;
        while (i < line.Length && line[i] is not ('#' or '!'))
        {
            if (line[i] == ' ')
            {
                i++;
                continue;
            }

            var start = i;
            if (line[i] is '"' or '\'')
            {
                i = line.IndexOf(line[i], i + 1);
                if (i < 0)
                    return null;
                words.Add(line[(start + 1)..i++]);
                if (i < line.Length && line[i] is not (' ' or '{' or '}' or '#' or '!'))
                    return null;
            }
            else
            {
                i = line[i] is '{' or '}' ? i + 1 : line.IndexOfAny([' ', '"', '{', '}', '#', '!'], i) is var end and >= 0 ? end : line.Length;
                words.Add(line[start..i]);
                if (words[^1].Contains('\''))
                    return null;
            }
        }

        return words;
    }

    private static bool TryQuoted(string line, ref int i, StringBuilder word)
    {
        var quote = line[i++];
        for (; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length && (quote == '"' || line[i + 1] == '\''))
                word.Append(line[++i]);
            else if (line[i] == quote)
                return ++i > 0;
            else
                word.Append(line[i]);
        }

        return false;
    }
}
