using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace RedisHaBake.Cli.Page;

/// <summary>
/// Takes an interpolated string apart for <see cref="Html.Of"/>. The compiler calls it, so that a value gets into a page escaped or not at all.
/// Attributes stand in double quotes; what is put into them is escaped for that, too.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlWriter(int literalLength, int holes)
{
    private readonly StringBuilder text = new(literalLength + (holes * 16));

    public void AppendLiteral(string markup) => text.Append(markup);

    public void AppendFormatted(Html markup) => text.Append(markup.Markup);

    public void AppendFormatted(IEnumerable<Html> markup) => text.Append(Html.Join(markup).Markup);

    public void AppendFormatted(string value) => text.Append(WebUtility.HtmlEncode(value));

    public void AppendFormatted(int number) => text.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(int number, string format) => text.Append(number.ToString(format, CultureInfo.InvariantCulture));

    public void AppendFormatted(double number, string format) => text.Append(number.ToString(format, CultureInfo.InvariantCulture));

    public override string ToString() => text.ToString();
}
