namespace Orleans.Paxos.Cli.Load.Measuring;

/// <summary>Calculates the rate of a growing count over the last few samples.</summary>
internal sealed class RateWindow(TimeProvider time, int looks)
{
    private readonly Queue<(long At, long Count)> _looks = [];

    /// <summary>Takes a sample.</summary>
    /// <returns>The growth of the count per second; 0 for the first sample.</returns>
    public double Look(long count)
    {
        var now = time.GetTimestamp();
        _looks.Enqueue((now, count));
        if (_looks.Count > looks + 1)
            _looks.Dequeue();
        var (at, earlier) = _looks.Peek();
        var seconds = time.GetElapsedTime(at, now).TotalSeconds;
        return seconds > 0 ? (count - earlier) / seconds : 0;
    }
}
