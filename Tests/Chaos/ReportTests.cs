using System.Globalization;
using System.Xml.Linq;
using Orleans.Paxos.Verification.Chaos;
using Orleans.Paxos.Verification.Chaos.Processes;
using Orleans.Paxos.Verification.Chaos.Reports;

namespace Orleans.Paxos.Tests.Chaos;

/// <summary>The content of the report of a run.</summary>
public sealed class ReportTests
{
    [Theory]
    [InlineData("seed", "42")]
    [InlineData("commit", "abc1234")]
    [InlineData("minutes", "1.0")]
    [InlineData("operations", "5")]
    [InlineData("acknowledged", "3, 1 of them after the last fault")]
    [InlineData("unknown", "1 (")]
    [InlineData("failed", "1 (")]
    [InlineData("versions watched", "1")]
    [InlineData("kills", "1")]
    [InlineData("pauses", "1")]
    [InlineData("restarts", "1")]
    [InlineData("longest time without a successful write", "50.99 s")]
    [InlineData("latency of acknowledged operations", "p50 10.0 ms, p99 10.0 ms, longest 10.0 ms")]
    [InlineData("verdict", "linearizable")]
    public void Every_number_is_there(string name, string value)
    {
        var line = ChaosReport.Write(Runs.Good, "abc1234").Split('\n').Single(line => line.TrimStart().StartsWith(name + " ", StringComparison.Ordinal));
        Assert.StartsWith(value, line.TrimStart()[name.Length..].TrimStart());
    }

    [Fact]
    public void Violations_are_named_in_full()
    {
        var report = ChaosReport.Write(Runs.Bad, "abc1234");
        Assert.StartsWith("Chaos: NOT LINEARIZABLE, violations: 1", report);
        Assert.Contains("StaleRead: register 'chaos/1': client 2's read", report);
        Assert.False(Runs.Bad.IsGood);
    }

    [Fact]
    public void A_register_that_is_not_written_after_the_last_fault_is_not_passed()
    {
        var silent = new ChaosResult(Runs.Options, Runs.Good.Calls.RemoveAt(4), Runs.Good.Faults, Runs.Good.From, Runs.Good.Until);
        Assert.True(silent.Verdict.IsLinearizable);
        Assert.False(silent.IsGood);
        Assert.Contains("NO WRITE of chaos/1 after the last fault", ChaosReport.Write(silent, ""));
    }

    [Fact]
    public void A_run_that_was_interrupted_is_not_blamed_for_what_it_had_no_time_for()
    {
        var interrupted = new ChaosResult(Runs.Options, Runs.Good.Calls.RemoveAt(4), Runs.Good.Faults, Runs.Good.From, Runs.Good.Until, IsInterrupted: true);
        Assert.True(interrupted.IsGood);
        Assert.StartsWith("Chaos: linearizable until it was interrupted", ChaosReport.Write(interrupted, ""));
    }

    [Fact]
    public void The_timeline_is_well_formed_and_marks_everything()
    {
        var svg = XDocument.Parse(Timeline.Draw(Runs.Good)).Root!;
        Assert.Equal(["kill", "pause", "restart"], Classes(svg, "rect", "bar"));
        Assert.Equal(["kill", "pause", "restart"], Classes(svg, "rect", "shade"));
        Assert.Equal(["acknowledged", "failed", "unknown"], Classes(svg, "path", "dots"));
        Assert.Equal([3, 1, 1], Elements(svg, "path").Select(path => path.Attribute("d")!.Value.Count(letter => letter == 'M')));
        Assert.Contains($"kill of {SiloCluster.Names[0]} at 4.0 s for 2.0 s", Elements(svg, "title").Select(title => title.Value));
        Assert.All(["K", "P", "R", "1 ms", "1 s", "10 s", .. SiloCluster.Names], text => Assert.Contains(text, Elements(svg, "text").Select(element => element.Value)));
        Assert.Contains("prefers-color-scheme: dark", Elements(svg, "style").Single().Value);
    }

    [Fact]
    public void Everything_stands_within_the_picture()
    {
        var svg = XDocument.Parse(Timeline.Draw(Runs.Good)).Root!;
        var height = double.Parse(svg.Attribute("viewBox")!.Value.Split(' ')[3], CultureInfo.InvariantCulture);
        Assert.All(svg.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "x" or "x1" or "x2"), x => Assert.InRange((double)x, 0, 1200));
        Assert.All(svg.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "y" or "y1" or "y2"), y => Assert.InRange((double)y, 0, height));
    }

    private static IEnumerable<XElement> Elements(XElement svg, string name) => svg.Descendants().Where(element => element.Name.LocalName == name);

    private static IEnumerable<string> Classes(XElement svg, string name, string first) =>
        Elements(svg, name).Select(element => element.Attribute("class")!.Value.Split(' ')).Where(classes => classes[0] == first).Select(classes => classes[1]);
}
