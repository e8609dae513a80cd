using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Proposers;

/// <summary>
/// Combines the changes of one register that wait together into one proposal, runs one proposal at a time, and hands the prepared round
/// of each to the next. Not thread-safe: calls take turns, as the calls of a grain do.
/// </summary>
/// <param name="register">The register's name.</param>
/// <param name="propose">Runs a proposal. If it throws, the outcome of the proposal is unknown.</param>
/// <param name="learner">The register's learner.</param>
/// <param name="peers">The acceptors.</param>
/// <param name="options">The limits.</param>
/// <param name="idle">Is called when no change waits any more; null for nothing.</param>
internal sealed class ChangeQueue(
    string register,
    Func<ProposeRequest, Task<ProposeResult>> propose,
    ILearner learner,
    AcceptorPeers peers,
    PaxosOptions options,
    Action? idle = null)
{
    private const int MaxChangesInProposal = 512;
    private const int MaxBytesInProposal = 1024 * 1024;

    private readonly Queue<PendingChange> _waiting = new();
    private PreparedRound? _prepared;

    /// <summary>Whether no change waits and no proposal is under way.</summary>
    public bool IsIdle { get; private set; } = true;

    /// <summary>Queues a change and waits for its outcome.</summary>
    public Task<ChangeOutcome> ChangeAsync(ChangeRequest request)
    {
        RegisterName.Validate(register, mayBeReserved: true);
        ChangeLimits.Validate(request.Change, options.MaxValueBytes);
        var pending = new PendingChange(learner.RaiseFloor(request));
        _waiting.Enqueue(pending);
        if (IsIdle)
            _ = ProposeWaitingAsync();
        return pending.Outcome;
    }

    /// <summary>Takes a round that is prepared, if there is no other.</summary>
    public void Offer(PreparedRound? prepared)
    {
        if (IsIdle)
            _prepared ??= prepared;
    }

    private async Task ProposeWaitingAsync()
    {
        IsIdle = false;
        while (_waiting.Count > 0)
        {
            var batch = TakeBatch();
            try
            {
                await ProposeAsync(batch);
            }
            catch (AcceptorSetMismatchException mismatch)
            {
                batch.ForEach(pending => pending.End(mismatch));
            }
            catch (Exception exception)
            {
                EndUnknown(batch, exception.Message);
            }
        }

        IsIdle = true;
        idle?.Invoke();
    }

    private List<PendingChange> TakeBatch()
    {
        var batch = new List<PendingChange>();
        var bytes = 0L;
        while (_waiting.TryPeek(out var pending) && batch.Count < MaxChangesInProposal)
        {
            bytes += pending.Request.Change.ValueBytes();
            if (batch.Count > 0 && bytes > MaxBytesInProposal)
                break;
            batch.Add(_waiting.Dequeue());
        }

        return batch;
    }

    private async Task ProposeAsync(List<PendingChange> batch)
    {
        var prepared = _prepared;
        _prepared = null; // a ballot is handed to one proposal only (I1)
        ImmutableArray<ChangeRequest> changes = [.. batch.Select(pending => pending.Request)];
        var result = await propose(new ProposeRequest(register, changes, prepared));
        _prepared = result.Next;
        if (result.Status == ProposeStatus.Unknown)
            EndUnknown(batch, $"No majority is known to have accepted the change; answers came from {Names(result.Answered)}.");
        else if (result.Status == ProposeStatus.Unavailable)
            batch.ForEach(pending => pending.End(new QuorumUnavailableException(result.Answered, peers.Current.Set.Majority)));
        else
            EndDecided(batch, result);
    }

    private void EndDecided(List<PendingChange> batch, ProposeResult result)
    {
        var written = result.Outcomes.Where(outcome => outcome.Status == ChangeStatus.Applied).Select(outcome => outcome.Entry).OfType<RegisterEntry>();
        learner.Learn(result.Chosen!, [.. written.Where(result.Chosen!.State.Contains)]);
        foreach (var (pending, outcome) in batch.Zip(result.Outcomes))
            pending.End(outcome);
        foreach (var pending in _waiting)
            pending.Request = learner.RaiseFloor(pending.Request);
    }

    private static void EndUnknown(List<PendingChange> batch, string reason) =>
        batch.ForEach(pending => pending.End(new OutcomeUnknownException(pending.Request.RequestId, pending.Request.Floor, reason)));

    private static string Names(ImmutableArray<string> acceptors) => acceptors.IsEmpty ? "no acceptor" : string.Join(", ", acceptors);
}
