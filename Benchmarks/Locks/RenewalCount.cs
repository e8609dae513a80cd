namespace Orleans.Paxos.Benchmarks.Locks;

/// <summary>Counts renewals: a session was renewed when more is left of it than was left before.</summary>
internal sealed class RenewalCount(IReadOnlyList<ISession> sessions)
{
    /// <summary>Less than a third of any time-to-live, so that no renewal is missed.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly long[] _seenAt = new long[sessions.Count];
    private readonly TimeSpan[] _left = new TimeSpan[sessions.Count];

    /// <summary>The least that was left of a session at a look.</summary>
    public TimeSpan Least { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Counts until it is cancelled.</summary>
    /// <returns>Renewals a second.</returns>
    public async Task<double> RunAsync(CancellationToken cancellationToken)
    {
        Look();
        var (renewals, startedAt) = (0L, TimeProvider.System.GetTimestamp());
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            renewals += Look();
        }

        return renewals / TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds;
    }

    private int Look()
    {
        var renewed = 0;
        for (var index = 0; index < sessions.Count; index++)
        {
            var (left, now) = (sessions[index].Remaining, TimeProvider.System.GetTimestamp());
            if (_seenAt[index] != 0 && left + TimeProvider.System.GetElapsedTime(_seenAt[index], now) > _left[index] + (BetweenLooks / 10))
                renewed++;
            (_left[index], _seenAt[index]) = (left, now);
            Least = left < Least ? left : Least;
        }

        return renewed;
    }
}
