using System.Runtime.CompilerServices;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>Sessions, locks and elections over HTTP.</summary>
internal sealed class HttpLocks(HttpCoordination silos, HttpTiming timing, Action<string> notice) : ILockConnection
{
    public async Task<ILockSession> OpenAsync(TimeSpan timeToLive, string owner, TimeSpan? longest, CancellationToken cancellationToken)
    {
        TimeSpan[] limits = [timeToLive / 2, timing.RequestTimeout, longest ?? TimeSpan.MaxValue];
        var (id, opened) = await silos.OpenAsync(timeToLive, owner, limits.Min(), cancellationToken);
        return new HttpLockSession(silos, timing, id, timeToLive, opened);
    }

    public IAsyncEnumerable<SessionInfo> ListAsync(CancellationToken cancellationToken) => silos.ListAsync(cancellationToken);

    public Task<bool> EndAsync(Guid session, CancellationToken cancellationToken) => silos.EndAsync(session, ask: true, timing.RequestTimeout, cancellationToken);

    public async IAsyncEnumerable<LeaderInfo<byte[]>?> ObserveAsync(string election, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (leader, state) in silos.ObserveAsync(election, cancellationToken))
        {
            if (state == WatchNotice.None)
                yield return leader?.ToInfo();
            else
                notice(state == WatchNotice.Unavailable ? "No majority of acceptors answers, so it is not known whether there is a new leader." : "A majority of acceptors answers again.");
        }
    }
}
