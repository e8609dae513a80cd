using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Reports.Html;

namespace Orleans.Paxos.Tests.Cli.Load;

public sealed partial class ReportHtmlTests
{
    private const string Hostile = "</title></style></svg><script src=\"https://evil.example/x.js\">alert('1')</script><img onerror=x href='http://evil.example'>&amp;";

    [Fact]
    public void It_has_every_figure_with_its_unit()
    {
        var html = Page(Samples.Report);
        string[] expected =
        [
            "4,938", "2,000", "p50 (ms)", "p99.9 (ms)", "1.25", "1,234.50", "value (bytes)", "4,938/s, p50 1.25 ms",
            "2.50", "✗ at least 3: not reached", "3 × TimeoutException, such as: too slow", "processor (µs/operation)", "512",
            "Z80", "CP/M", "10.0.1", "commit 1234567", "paxos bench", "2026-01-02 03:04", "A note.", "acceptors", "registers (logarithmic)", "1,000,000",
        ];
        Assert.All(expected, text => Assert.Contains(text, WebUtility.HtmlDecode(html)));
    }

    [Fact]
    public void Hostile_text_stays_text_wherever_it_stands()
    {
        var html = Page(HostileReport);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain(Hostile, html);
        var shown = WebUtility.HtmlDecode(html);
        Assert.All(Enumerable.Range(1, Places), place => Assert.Contains(At(place), shown));
    }

    [Fact]
    public void Nothing_comes_from_elsewhere()
    {
        foreach (var html in new[] { Page(Samples.Report), Page(HostileReport) })
            Assert.DoesNotMatch(Reference(), html);
    }

    [Fact]
    public void Drawings_are_well_formed_and_have_a_title_and_a_description()
    {
        var drawings = Drawing().Matches(Page(Samples.Report)).Select(match => XElement.Parse(match.Value)).ToArray();
        Assert.Equal(3, drawings.Length);
        Assert.All(drawings, drawing =>
        {
            Assert.Equal("img", drawing.Attribute("role")!.Value);
            string[] labels = [.. drawing.Elements("title").Concat(drawing.Elements("desc")).Select(label => label.Attribute("id")!.Value)];
            Assert.Equal(labels, drawing.Attribute("aria-labelledby")!.Value.Split(' '));
            Assert.All(drawing.Elements("title").Concat(drawing.Elements("desc")), label => Assert.NotEqual("", label.Value));
        });
        var ids = drawings.SelectMany(drawing => drawing.Descendants()).Select(element => element.Attribute("id")?.Value).OfType<string>().ToArray();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Bars_are_as_long_as_their_figures()
    {
        var bars = XElement.Parse(Drawing().Match(Page(Samples.Report)).Value).Elements("rect").Select(bar => (double)bar.Attribute("width")!).ToArray();
        Assert.Equal(2, bars.Length);
        Assert.Equal(2000.0 / 4938, bars[1] / bars[0], tolerance: 0.001);
    }

    [Fact]
    public void Several_rounds_are_one_bar_of_their_median()
    {
        var rounds = new[] { 1_000, 9_000, 4_000 }.Select((operations, index) => Samples.Measurement with { Operations = operations, Round = index + 1 });
        var svg = XElement.Parse(Drawing().Match(Page(Samples.Report with { Measurements = [.. rounds] })).Value);
        Assert.Single(svg.Elements("rect"));
        Assert.Contains("1,600/s", svg.Value);
    }

    [Fact]
    public void An_empty_report_is_a_page_without_sections()
    {
        var html = Page(Samples.Report with { Measurements = [], Ratios = [], Series = [], Notes = [] });
        Assert.DoesNotContain("<section", html);
        Assert.EndsWith("</html>\n", html.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Figures_that_are_no_numbers_do_not_break_it()
    {
        var series = new Series("broken", "x", "y", [new Point(double.NaN, 1), new Point(0, 1), new Point(10, double.PositiveInfinity), new Point(10, 5)], LogX: true);
        var nothing = series with { Name = "nothing", Points = [] };
        var still = Samples.Measurement with { Operations = 0, ElapsedSeconds = 0 };
        var html = Page(Samples.Report with { Measurements = [still], Series = [series, nothing], Ratios = [new Ratio("nan", "a", "b", [double.NaN])] });
        Assert.All(Drawing().Matches(html), match => Assert.DoesNotContain("NaN", match.Value));
        Assert.Contains("nothing was measured", html);
    }

    [Fact]
    public void It_follows_light_and_dark() => Assert.Contains("prefers-color-scheme: dark", Page(Samples.Report));

    [Theory]
    [InlineData(7, new[] { 0.0, 2, 4, 6, 8 }, 8)]
    [InlineData(12_000, new[] { 0.0, 5_000, 10_000, 15_000 }, 15_000)]
    [InlineData(0.9, new[] { 0.0, 0.2, 0.4, 0.6, 0.8, 1.0 }, 1)]
    [InlineData(0, new[] { 0.0, 0.2, 0.4, 0.6, 0.8, 1.0 }, 1)]
    public void An_axis_has_round_marks_up_to_the_highest_value(double highest, double[] marks, double end)
    {
        var axis = Axis.FromZero(highest, 0, 100);
        Assert.Equal(end, axis.To, tolerance: 1e-9);
        Assert.Equal(marks, axis.RoundMarks().Select(mark => Math.Round(mark, 9)));
    }

    [Fact]
    public void Equal_ratios_are_equal_steps_on_a_logarithmic_axis()
    {
        var axis = new Axis(1_000, 1_000_000, 0, 300, Log: true);
        Assert.Equal([0, 100, 200, 300], new[] { 1e3, 1e4, 1e5, 1e6 }.Select(value => Math.Round(axis.At(value), 6)));
        Assert.Equal([1e3, 1e4, 1e6], axis.Marks([1e3, 1.1e3, 1e4, 2e4, 1e6]));
    }

    /// <summary>The number of texts in <see cref="HostileReport"/>.</summary>
    private const int Places = 19;

    private static Report HostileReport => Samples.Report with
    {
        Title = At(1),
        Command = At(2),
        Subject = At(3),
        Notes = [At(4)],
        Machine = new MachineDescription(2, At(5), At(6), At(7)),
        Measurements =
        [
            Samples.Measurement with { Scenario = At(8), Target = At(9), Errors = [new ErrorCount(At(10), 1, At(11))] },
        ],
        Ratios = [new Ratio(At(12), At(13), At(14), [1], At(15))],
        Series = [new Series(At(16), At(17), At(18), [new Point(1, 1)]) { Plot = At(19) }],
    };

    private static string At(int place) => $"{Hostile}<{place}>";

    private static string Page(Report report) => ReportPage.Of(report).Text;

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Drawing();

    [GeneratedRegex("""<(link|script|img|iframe|object|embed|image|use|a)\b|\b(src|href)\s*=\s*["']?\s*(https?:|//)|url\(|@import""", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}
