namespace Orleans.Paxos.Verification.Simulation.Monitors;

/// <summary>I1: who issued each ballot of a register, and for which state it was used.</summary>
internal sealed class BallotLedger
{
    private readonly Dictionary<Ballot, object> _issuedWith = [];
    private readonly Dictionary<Ballot, RegisterState> _proposed = [];

    /// <summary>A request issues a ballot. Its copies to several acceptors count as one request.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Issue(Ballot ballot, object request)
    {
        if (_issuedWith.TryAdd(ballot, request) || ReferenceEquals(_issuedWith[ballot], request))
            return null;
        return $"ballot {ballot} was issued twice";
    }

    /// <summary>A state is proposed under a ballot.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Propose(Ballot ballot, RegisterState state)
    {
        if (_proposed.TryAdd(ballot, state))
            return null;
        return _proposed[ballot].Window.AsSpan().SequenceEqual(state.Window.AsSpan()) && _proposed[ballot].Version == state.Version
            ? null
            : $"two states were proposed under ballot {ballot}";
    }
}
