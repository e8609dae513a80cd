using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>A piece of HTML. Text from outside is added through <see cref="Of"/>, which escapes it.</summary>
internal sealed class HtmlText
{
    private HtmlText(string text) => Text = text;

    public static HtmlText Empty { get; } = new("");

    public string Text { get; }

    /// <summary>Creates HTML from an interpolated string. The values in braces are escaped unless they are HTML already.</summary>
    public static HtmlText Of(Template template) => new(template.ToString());

    /// <summary>Creates HTML from a trusted string, which is not escaped.</summary>
    public static HtmlText Trusted(string html) => new(html);

    public override string ToString() => Text;

    /// <summary>Builds an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Template(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _html = new(literalLength + 16 * formattedCount);

        public void AppendLiteral(string html) => _html.Append(html);

        public void AppendFormatted(string? text) => _html.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted(int number) => _html.Append(number);

        /// <summary>Appends a coordinate with two decimals, which are precise enough for pixels.</summary>
        public void AppendFormatted(double number) => _html.Append(number.ToString("0.##", CultureInfo.InvariantCulture));

        public void AppendFormatted(HtmlText piece) => _html.Append(piece.Text);

        public void AppendFormatted(IEnumerable<HtmlText> pieces) => _html.AppendJoin("", pieces);

        public override string ToString() => _html.ToString();
    }
}
