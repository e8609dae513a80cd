using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Verification.Simulation.Cluster;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>Ballots are reused after a restart: a proposer uses the id of its silo, and its rounds start over.</summary>
internal sealed class BallotsReused : Parts
{
    public override BallotSource NewBallots(string silo, Func<Guid> newId) => new(new Source(silo, newId).Next);

    /// <summary>Replaces the first id, which is the proposer's. The ids of the initial round are unchanged.</summary>
    private sealed class Source(string silo, Func<Guid> newId)
    {
        private bool _begun;

        public Guid Next()
        {
            if (_begun)
                return newId();
            _begun = true;
            return new Guid(silo[1], 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
        }
    }
}

/// <summary>A fast-forward assigns: a proposer continues from the last ballot it saw, however low, instead of from the highest.</summary>
internal sealed class FastForwardAssigns : Parts
{
    public override BallotSource NewBallots(string silo, Func<Guid> newId) => new Assigning(newId);

    private sealed class Assigning(Func<Guid> newId) : BallotSource(newId)
    {
        private readonly Guid _proposer = newId();

        public override Ballot Next(Ballot seen, long epoch = 1) => new(Math.Max(seen.Round, Ballot.Initial(default, epoch).Round - 1) + 1, _proposer);
    }
}

/// <summary>The prepared round is kept after a rejection: the register uses it again as if nothing had happened.</summary>
internal sealed class PreparedRoundKept : Parts
{
    public override Func<ProposeRequest, Task<ProposeResult>> Proposing(Func<ProposeRequest, Task<ProposeResult>> propose)
    {
        PreparedRound? kept = null;
        return async request =>
        {
            var result = await propose(request with { Prepared = request.Prepared ?? kept });
            kept = result.Next ?? request.Prepared ?? kept;
            return result;
        };
    }
}

/// <summary>Duplicate request ids are applied twice: a copy of a request counts as a separate request.</summary>
internal sealed class DuplicatesApplied : Parts
{
    private readonly HashSet<Guid> _arrived = [];
    private readonly Dictionary<Guid, Guid> _originals = [];

    public override ChangeRequest Arriving(ChangeRequest request)
    {
        if (_arrived.Add(request.RequestId))
            return request;
        var copy = new Guid(request.RequestId.ToByteArray().Select(value => (byte)(value + _originals.Count + 1)).ToArray());
        _originals[copy] = request.RequestId;
        return request with { RequestId = copy };
    }

    public override Guid Original(Guid requestId) => _originals.GetValueOrDefault(requestId, requestId);
}

/// <summary>An entry made up from a retry: where the state no longer carries the version that a request wrote, the answer shows what the retry would write.</summary>
internal sealed class EntryMadeUp : Parts
{
    public override Func<ProposeRequest, Task<ProposeResult>> Proposing(Func<ProposeRequest, Task<ProposeResult>> propose) => async request =>
    {
        var result = await propose(request);
        return result with { Outcomes = [.. request.Changes.Zip(result.Outcomes, MakeUp)] };
    };

    private static ChangeOutcome MakeUp(ChangeRequest request, ChangeOutcome outcome) => outcome is { Entry: null, WrittenVersion: { } version }
        ? outcome with { Entry = new RegisterEntry(version, request.Change.Value, request.Change.Kind == ChangeKind.Delete, request.RequestId, request.At) }
        : outcome;
}
