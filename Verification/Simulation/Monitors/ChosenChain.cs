using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Simulation.Monitors;

/// <summary>I5: the states of a register that were chosen, whether anyone knows it or not, as one chain.</summary>
internal sealed class ChosenChain(Quorums quorums, HistoryLimits limits)
{
    private readonly Dictionary<Ballot, HashSet<string>> _acceptors = [];
    private readonly Dictionary<long, Guid> _requests = [];
    private Ballot _highest;
    private long _version;

    /// <summary>Whether rivals in the initial round split the acceptors between them.</summary>
    public bool InitialRoundWasSplit => _acceptors.Keys.Count(static ballot => ballot.IsInitial) > 1;

    /// <summary>Records that an acceptor has durably accepted a state.</summary>
    /// <returns>The violation; null when there is none.</returns>
    public string? Accepted(string acceptor, AcceptorRecord record)
    {
        FirstInHistory = Math.Max(FirstInHistory, limits.FirstVersion(record.State));
        if (!_acceptors.TryGetValue(record.Accepted, out var acceptors))
            _acceptors.Add(record.Accepted, acceptors = []);
        return acceptors.Add(acceptor) && acceptors.Count == quorums.ToChoose(record.Accepted) ? Chosen(record.Accepted, record.State) : null;
    }

    /// <summary>Whether a chosen state no longer remembers all requests.</summary>
    public bool WindowHasOverflowed { get; private set; }

    /// <summary>The first version that is within the history of every state that an acceptor has accepted: it lets go of what is before.</summary>
    public long FirstInHistory { get; private set; } = 1;

    /// <summary>Whether enough acceptors have accepted the state of a ballot for it to be chosen.</summary>
    public bool IsChosen(Ballot ballot) =>
        _acceptors.TryGetValue(ballot, out var acceptors) && acceptors.Count >= quorums.ToChoose(ballot);

    private string? Chosen(Ballot ballot, RegisterState state)
    {
        WindowHasOverflowed |= state.WindowStart > 1;
        for (var version = state.WindowStart; version <= state.Version; version++)
        {
            var request = state.RequestIdOf(version)!.Value;
            if (!_requests.TryAdd(version, request) && _requests[version] != request)
                return $"version {version} was chosen for two requests, {_requests[version]:N} and {request:N}";
        }

        if (ballot > _highest ? state.Version < _version : state.Version > _version)
            return $"the state chosen under ballot {ballot} ends at version {state.Version}, that under {_highest} at {_version}";
        if (ballot > _highest)
            (_highest, _version) = (ballot, state.Version);
        return null;
    }
}
