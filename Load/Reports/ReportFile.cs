namespace Orleans.Paxos.Load;

/// <summary>Writes reports.</summary>
public static class ReportFile
{
    /// <summary>Writes a report as JSON.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends when the file is written.</returns>
    public static Task WriteJsonAsync(Report report, string path, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Writes a report as an HTML page that needs nothing beside itself.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends when the file is written.</returns>
    public static Task WriteHtmlAsync(Report report, string path, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
