using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Watching;

/// <summary>
/// Serves the watchers of prefixes on one silo by a reader for the acceptor set that is known. When the set is changed, another reader takes its
/// place, and watchers that the feeds cannot serve begin again.
/// </summary>
/// <param name="peers">The acceptors.</param>
/// <param name="create">Creates a reader, which ends with a token.</param>
/// <param name="stopping">Ends them all.</param>
internal sealed class PrefixReaders(AcceptorPeers peers, Func<CancellationToken, PrefixReader> create, CancellationToken stopping)
{
    private PeerSet? _set;
    private PrefixReader _reader = null!;

    /// <inheritdoc cref="PrefixReader.WatchAsync"/>
    public async Task<PrefixBatch> WatchAsync(string prefix, string cursor, TimeSpan wait)
    {
        while (true)
        {
            var (set, reader) = Current();
            try
            {
                return await reader.WatchAsync(prefix, cursor, wait);
            }
            catch (Exception exception) when (exception is not ArgumentException && set.Replaced.IsCancellationRequested && !stopping.IsCancellationRequested)
            {
                // The acceptors that it asked are not the set any more. The next reader goes on from the same cursor.
            }
        }
    }

    private (PeerSet Set, PrefixReader Reader) Current()
    {
        if (_set != peers.Current)
        {
            _set = peers.Current;
            _reader = create(CancellationTokenSource.CreateLinkedTokenSource(stopping, _set.Replaced).Token);
        }

        return (_set, _reader);
    }
}
