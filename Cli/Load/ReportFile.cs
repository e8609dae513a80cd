using System.Text;
using System.Text.Json;
using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Reports.Html;

namespace Orleans.Paxos.Cli.Load;

/// <summary>Writes reports.</summary>
public static class ReportFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Formats a report as JSON. Its members are those of <see cref="Report"/> in camel case.</summary>
    /// <param name="report">The report.</param>
    /// <returns>An indented JSON object.</returns>
    public static string ToJson(Report report) => JsonSerializer.Serialize(report, ReportJson.Relaxed.Report);

    /// <summary>Writes a report as JSON.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The file; an existing file is replaced.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that completes when the file is written.</returns>
    public static Task WriteJsonAsync(Report report, string path, CancellationToken cancellationToken = default) =>
        File.WriteAllTextAsync(path, ToJson(report) + "\n", Utf8, cancellationToken);

    /// <summary>Writes a report as a self-contained HTML page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The file; an existing file is replaced.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that completes when the file is written.</returns>
    public static Task WriteHtmlAsync(Report report, string path, CancellationToken cancellationToken = default) =>
        File.WriteAllTextAsync(path, ReportPage.Of(report).Text, Utf8, cancellationToken);
}
