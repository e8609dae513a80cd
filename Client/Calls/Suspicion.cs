namespace Orleans.Paxos.Client.Calls;

/// <summary>What is known about one register's suspect grain. Any thread may use it.</summary>
internal sealed class Suspicion
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private volatile bool _cleared;
    private TimeSpan _pause;
    private long _probedAt;

    /// <summary>Whether the grain has answered since it became suspect.</summary>
    public bool Cleared
    {
        get => _cleared;
        set => _cleared = value;
    }

    /// <summary>Whether to send a probe now: immediately the first time, then less and less often.</summary>
    public bool IsProbeDue(TimeProvider time)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (_pause == TimeSpan.Zero)
                _pause = FirstPause;
            else if (time.GetElapsedTime(_probedAt, now) < _pause)
                return false;
            else
                _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            _probedAt = now;
            return true;
        }
    }
}
