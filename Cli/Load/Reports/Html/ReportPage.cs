using System.Globalization;

namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>Writes a report as one HTML page without scripts or external resources.</summary>
internal static class ReportPage
{
    private const string StyleSheet = "report.css";

    public static HtmlText Of(Report report) => HtmlText.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{report.Title}</title>
        <style>
        {Style()}
        </style>
        </head>
        <body>
        <main>
        <h1>{report.Title}</h1>
        {Facts(report)}
        {report.Notes.Select(note => HtmlText.Of($"<p>{note}</p>\n"))}
        {RatioSection.Of(report.Ratios)}
        {MeasurementSection.Of(report.Measurements)}
        {SeriesSection.Of(report.Series)}
        </main>
        </body>
        </html>

        """);

    private static HtmlText Facts(Report report) => HtmlText.Of($"""
        <dl>
        <dt>Measured</dt><dd>{report.Date.ToString("yyyy-MM-dd HH:mm 'UTC'zzz", CultureInfo.InvariantCulture)}</dd>
        <dt>Command</dt><dd><code>{report.Command}</code></dd>
        <dt>Under test</dt><dd>{report.Subject}</dd>
        <dt>Machine</dt><dd>{report.Machine.Cores} cores{(report.Machine.Processor is { } processor ? $", {processor}" : "")}</dd>
        <dt>System</dt><dd>{report.Machine.OperatingSystem}, .NET {report.Machine.DotNet}</dd>
        </dl>
        """);

    private static HtmlText Style()
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream(StyleSheet)!);
        return HtmlText.Trusted(reader.ReadToEnd());
    }
}
