namespace Orleans.Paxos.Cli.Http;

/// <summary>A watch during which its server is asked whether it lives.</summary>
/// <param name="silence">Is cancelled when the server falls silent.</param>
/// <param name="end">Ends the watch.</param>
internal sealed class LiveWatch(CancellationToken silence, Action end) : IDisposable
{
    private Action? _end = end;

    /// <summary>Is cancelled when the server falls silent.</summary>
    public CancellationToken Silence => silence;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
