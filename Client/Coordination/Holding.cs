namespace Orleans.Paxos.Client.Coordination;

/// <summary>Something that a session of this process holds.</summary>
internal class Holding : IHolding
{
    private readonly CoordinationParts _parts;
    private readonly Session _session;
    private readonly LockRelease _release;
    private readonly bool _ownsSession;
    private volatile bool _isReleased;

    /// <summary>Takes what was granted.</summary>
    /// <param name="parts">The registers.</param>
    /// <param name="name">The lock's name.</param>
    /// <param name="grant">What was granted.</param>
    /// <param name="session">The session that holds it.</param>
    /// <param name="ownsSession">Whether the session ends with it.</param>
    public Holding(CoordinationParts parts, string name, Grant grant, Session session, bool ownsSession)
    {
        (_parts, Name, Grant, _session, _ownsSession) = (parts, name, grant, session, ownsSession);
        _release = new LockRelease(parts.Registers, name, session.Id, grant);
    }

    public string Name { get; }

    public long Token => Grant.Token;

    public Fence Fence => new(Name, Token);

    public ISession Session => _session;

    public CancellationToken Lost => _session.Lost;

    public bool IsHeld => !_isReleased && !_session.IsLost;

    /// <summary>What was granted.</summary>
    protected Grant Grant { get; }

    /// <summary>The registers.</summary>
    protected CoordinationParts Parts => _parts;

    public async Task ReleaseAsync(CancellationToken cancellationToken = default)
    {
        _session.GiveUp(Name, Token);
        if (!_isReleased && !_session.IsLost)
            await _release.RunAsync(cancellationToken);
        _isReleased = true;
        _session.HoldsNoMore(Name, Token);
        if (_ownsSession)
            await _session.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await ReleaseAsync();
        }
        catch (Exception exception) when (exception.IsPassing())
        {
            _isReleased = true;
            if (_ownsSession)
                await _session.DisposeAsync();
            else
                _session.ReleaseLater(_release.RunAsync);
        }

        GC.SuppressFinalize(this);
    }
}
