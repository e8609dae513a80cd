namespace Orleans.Paxos.Client.Coordination;

/// <summary>Something that a session of this process holds.</summary>
internal class Holding : IHolding
{
    private readonly Session _session;
    private readonly bool _ownsSession;
    private bool _isReleased;

    /// <summary>Takes what was granted.</summary>
    /// <param name="parts">The registers.</param>
    /// <param name="name">The lock's name.</param>
    /// <param name="grant">What was granted.</param>
    /// <param name="session">The session that holds it.</param>
    /// <param name="ownsSession">Whether the session ends with it.</param>
    public Holding(CoordinationParts parts, string name, Grant grant, Session session, bool ownsSession)
    {
        (Name, Token, _session, _ownsSession) = (name, grant.Token, session, ownsSession);
        Granted = new GrantedLock(parts.Registers, name, session.Id, grant);
    }

    public string Name { get; }

    public long Token { get; }

    public Fence Fence => new(Name, Token);

    public ISession Session => _session;

    public CancellationToken Lost => _session.Lost;

    public bool IsHeld => _session.IsHeld(Name, Token);

    /// <summary>The lock as long as it is held.</summary>
    protected GrantedLock Granted { get; }

    public async Task ReleaseAsync(CancellationToken cancellationToken = default)
    {
        _session.GiveUp(Name, Token);
        if (!_isReleased && !_session.IsLost)
            await Granted.ReleaseAsync(cancellationToken);
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
                _session.ReleaseLater(Granted.ReleaseAsync);
        }

        GC.SuppressFinalize(this);
    }
}
