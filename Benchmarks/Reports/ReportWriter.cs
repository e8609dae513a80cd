using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Cli.Load;
using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Benchmarks.Reports;

/// <summary>Writes the report of a run to files, and prints its ratios.</summary>
internal static class ReportWriter
{
    public const string JsonName = "report.json";
    public const string HtmlName = "report.html";

    /// <summary>Writes the report.</summary>
    /// <param name="session">The run.</param>
    /// <param name="output">Receives the ratios.</param>
    public static async Task WriteAsync(Session session, TextWriter output)
    {
        var report = new Report
        {
            Date = TimeProvider.System.GetLocalNow(),
            Command = session.Options.Command,
            Subject = $"commit {session.Options.Commit}",
            Machine = MachineDescription.Current(),
            Notes = [.. session.Notes],
            Measurements = [.. session.Measurements],
            Ratios = [.. session.Ratios],
            Series = [.. session.Series],
        };
        var folder = Path.GetFullPath(session.Options.Output);
        await ReportFile.WriteJsonAsync(report, Path.Combine(folder, JsonName));
        await ReportFile.WriteHtmlAsync(report, Path.Combine(folder, HtmlName));
        if (!report.Ratios.IsEmpty)
            await output.WriteLineAsync($"\n{RatioTable.Header}\n{string.Join('\n', report.Ratios.Select(RatioTable.Row))}");
        await output.WriteLineAsync($"\n{JsonName} and {HtmlName} are in {folder}.");
    }
}
