using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>A piece of HTML. What comes from outside comes into it through <see cref="Of"/>, which escapes it.</summary>
internal sealed class HtmlText
{
    private HtmlText(string text) => Text = text;

    public static HtmlText Empty { get; } = new("");

    public string Text { get; }

    /// <summary>Makes HTML of an interpolated string: what stands in the braces is text and escaped, unless it is markup.</summary>
    public static HtmlText Of(Template template) => new(template.ToString());

    /// <summary>Takes our own HTML as it is.</summary>
    public static HtmlText Trusted(string html) => new(html);

    public override string ToString() => Text;

    /// <summary>Puts an interpolated string together.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Template(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _html = new(literalLength + 16 * formattedCount);

        public void AppendLiteral(string html) => _html.Append(html);

        public void AppendFormatted(string? text) => _html.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted(int number) => _html.Append(number);

        /// <summary>A coordinate: hundredths of a pixel are enough.</summary>
        public void AppendFormatted(double number) => _html.Append(number.ToString("0.##", CultureInfo.InvariantCulture));

        public void AppendFormatted(HtmlText piece) => _html.Append(piece.Text);

        public void AppendFormatted(IEnumerable<HtmlText> pieces) => _html.AppendJoin("", pieces);

        public override string ToString() => _html.ToString();
    }
}
