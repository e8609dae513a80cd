namespace Orleans.Paxos.Client.Coordination;

/// <summary>
/// Which tokens the handles of a session have: the newest of each lock. A token that a handle has is released by its handle alone, and one whose release
/// has begun, which may come late, is never given to another handle.
/// </summary>
internal sealed class HeldTokens
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Token, bool IsHeld)> _newest = [];

    /// <summary>Whether a handle has the token, and no release of it has begun.</summary>
    public bool IsHeld(string name, long token)
    {
        lock (_gate)
            return _newest.GetValueOrDefault(name) == (token, true);
    }

    /// <summary>Gives a token to a handle.</summary>
    /// <returns>Whether it may have it; not if its release has begun.</returns>
    public bool TryHold(string name, long token)
    {
        lock (_gate)
        {
            if (_newest.TryGetValue(name, out var known) && known.Token >= token)
                return known == (token, true);
            _newest[name] = (token, true);
            return true;
        }
    }

    /// <summary>Begins to release a token that no handle has.</summary>
    /// <returns>Whether it may be released; not if a handle has it.</returns>
    public bool TryGiveUp(string name, long token)
    {
        lock (_gate)
        {
            if (_newest.GetValueOrDefault(name) == (token, true))
                return false;
            Note(name, token);
            return true;
        }
    }

    /// <summary>A handle begins to release its token.</summary>
    public void GiveUp(string name, long token)
    {
        lock (_gate)
            Note(name, token);
    }

    /// <summary>A release has ended, so the token is never seen again.</summary>
    public void Forget(string name, long token)
    {
        lock (_gate)
        {
            if (_newest.GetValueOrDefault(name) == (token, false))
                _newest.Remove(name);
        }
    }

    private void Note(string name, long token)
    {
        if (_newest.GetValueOrDefault(name).Token <= token)
            _newest[name] = (token, false);
    }
}
