using Orleans.Paxos.Cli.Load;
using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Writes the files of a report.</summary>
internal sealed class BenchFiles
{
    public const string Json = "report.json";
    public const string Html = "report.html";

    private readonly string _directory;

    private BenchFiles(string directory) => _directory = directory;

    /// <summary>Creates the folder before the run, so that no measurement is lost when that fails.</summary>
    public static BenchFiles In(string directory)
    {
        Directory.CreateDirectory(directory);
        return new BenchFiles(directory);
    }

    /// <summary>Writes the files, even when the run was interrupted.</summary>
    public async Task WriteAsync(Report report)
    {
        await ReportFile.WriteJsonAsync(report, Path.Combine(_directory, Json));
        await ReportFile.WriteHtmlAsync(report, Path.Combine(_directory, Html));
    }
}
