namespace Orleans.Paxos.Client.Registers;

/// <summary>
/// When the watches of a client that wait ask their grains for a sign of life. Up to 64 of them ask at the full pace. More of them ask together
/// no more often, and notice later that a grain hangs.
/// </summary>
/// <param name="fullPace">How long a watch waits at the full pace before it asks.</param>
internal sealed class SignsOfLife(TimeSpan fullPace)
{
    private const double MostAtFullPace = 64;

    private int _waiting;

    /// <summary>How long a watch waits before it asks.</summary>
    public TimeSpan AskAfter => fullPace * Math.Max(1, Volatile.Read(ref _waiting) / MostAtFullPace);

    /// <summary>Counts a watch that waits; dispose of it when it has an answer.</summary>
    public Waiting Begin()
    {
        Interlocked.Increment(ref _waiting);
        return new Waiting(this);
    }

    /// <summary>A watch that waits.</summary>
    public readonly struct Waiting(SignsOfLife signs) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => Interlocked.Decrement(ref signs._waiting);
    }
}
