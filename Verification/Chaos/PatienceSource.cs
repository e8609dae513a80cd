namespace Orleans.Paxos.Verification;

/// <summary>Is cancelled when its time is over, or with another token.</summary>
internal sealed class PatienceSource : IDisposable
{
    private readonly CancellationTokenSource _time;
    private readonly CancellationTokenSource _either;

    public PatienceSource(TimeSpan length, TimeProvider clock, CancellationToken cancellationToken)
    {
        _time = new CancellationTokenSource(length, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_time.Token, cancellationToken);
    }

    public CancellationToken Token => _either.Token;

    public void Dispose()
    {
        _either.Dispose();
        _time.Dispose();
    }
}
