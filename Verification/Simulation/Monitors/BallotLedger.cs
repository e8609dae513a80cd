namespace Orleans.Paxos.Verification.Simulation.Monitors;

/// <summary>Checks I1: who issued each ballot of a register, and for which state it was used.</summary>
internal sealed class BallotLedger
{
    private readonly Dictionary<Ballot, object> _issuedWith = [];
    private readonly Dictionary<Ballot, RegisterState> _proposed = [];

    /// <summary>Records that a request issues a ballot. Its copies to several acceptors count as one request.</summary>
    /// <returns>The violation; null when there is none.</returns>
    public string? Issue(Ballot ballot, object request)
    {
        if (_issuedWith.TryAdd(ballot, request) || ReferenceEquals(_issuedWith[ballot], request))
            return null;
        return $"ballot {ballot} was issued twice";
    }

    /// <summary>Records that a state is proposed under a ballot.</summary>
    /// <returns>The violation; null when there is none.</returns>
    public string? Propose(Ballot ballot, RegisterState state)
    {
        if (_proposed.TryAdd(ballot, state))
            return null;
        return _proposed[ballot].Window.AsSpan().SequenceEqual(state.Window.AsSpan()) && _proposed[ballot].Version == state.Version
            ? null
            : $"two states were proposed under ballot {ballot}";
    }

    /// <summary>The states that were proposed under ballots between two.</summary>
    public IEnumerable<RegisterState> ProposedBetween(Ballot lower, Ballot higher) =>
        _proposed.Where(each => lower < each.Key && each.Key < higher).Select(static each => each.Value);
}
