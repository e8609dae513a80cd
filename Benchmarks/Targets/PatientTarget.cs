using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Targets;

/// <summary>Retries failed writes while registers are prepared, so that one failure in a million does not end a run.</summary>
/// <param name="inner">The target that does the work.</param>
internal sealed class PatientTarget(ILoadTarget inner) : ILoadTarget
{
    private const int Attempts = 10;

    public string Name => inner.Name;

    public async Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await inner.WriteAsync(register, value, cancellationToken);
                return;
            }
            catch (Exception exception) when (attempt < Attempts && exception is (QuorumUnavailableException or OutcomeUnknownException or HttpRequestException))
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), TimeProvider.System, cancellationToken);
            }
        }
    }

    public Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken) =>
        inner.ReadAsync(register, linearizable, cancellationToken);

    public Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        inner.WatchAsync(register, seen, cancellationToken);

    public Task WatchPrefixAsync(string prefix, Action<bool> listing, Action<string, long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        inner.WatchPrefixAsync(prefix, listing, seen, cancellationToken);
}
