using System.Text.Json;
using Orleans.Paxos.Benchmarks;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Tests.Storage;

namespace Orleans.Paxos.Tests.Benchmarks;

/// <summary>Names that come and go on three acceptors, by the command that does it with millions of them.</summary>
public sealed class NamesRunTests : IDisposable
{
    private const int Kept = 1000;
    private const int PagesOfWatermarks = 4096;

    private readonly TemporaryDirectory _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task Names_that_came_and_went_are_in_no_list_and_leave_no_record_of_their_own()
    {
        using var report = await RunAsync("--names", "3000");
        Assert.Equal((3000, Kept), Last(report, "Names listed"));
        Assert.InRange(Last(report, "Records of the largest acceptor").Figure, Kept + 2, Math.Min(Kept + 1 + PagesOfWatermarks, Kept + 1 + 3000));
        Assert.Equal(3000, Last(report, "Start-up").Names);
        var verdict = Assert.Single(Notes(report), note => note.StartsWith("Verdict: since 300 names", StringComparison.Ordinal));
        Assert.DoesNotContain("Names listed", verdict);
    }

    [Fact]
    public async Task When_its_time_is_up_it_measures_what_there_is()
    {
        using var report = await RunAsync("--names", "1000000", "--seconds", "0.1");
        Assert.Contains(Notes(report), note => note.EndsWith("of 1,000,000 names: its time was up.", StringComparison.Ordinal));
        Assert.Equal(Kept, Last(report, "Names listed").Figure);
    }

    private static IEnumerable<string> Notes(JsonDocument report) => report.RootElement.GetProperty("notes").EnumerateArray().Select(note => $"{note}");

    private static (double Names, double Figure) Last(JsonDocument report, string plot)
    {
        var series = report.RootElement.GetProperty("series").EnumerateArray().Single(series => $"{series.GetProperty("plot")}" == plot);
        var point = series.GetProperty("points").EnumerateArray().Last();
        return (point.GetProperty("x").GetDouble(), point.GetProperty("y").GetDouble());
    }

    private async Task<JsonDocument> RunAsync(params string[] arguments)
    {
        var errors = new StringWriter();
        var code = await BenchProgram.RunAsync([.. arguments, "--out", _output.Path], TextWriter.Null, errors, new LiveLine(errors, isTerminal: false));
        Assert.Equal((0, ""), (code, errors.ToString()));
        return JsonDocument.Parse(await File.ReadAllTextAsync(_output["report.json"], TestContext.Current.CancellationToken));
    }
}
