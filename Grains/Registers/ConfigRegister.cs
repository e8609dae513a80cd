using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Registers;

/// <summary>
/// A register's learner without its grain: queues changes, shares reads and serves watchers. All its state is soft, and two of them for
/// one register are safe.
/// </summary>
internal sealed class ConfigRegister : ILearner
{
    private const int MaxWatchBytes = 256 * 1024;

    private static readonly TimeSpan WatchersMayReturn = TimeSpan.FromSeconds(30);

    private readonly string _name;
    private readonly PaxosOptions _options;
    private readonly Func<ProposeRequest, Task<ProposeResult>> _propose;
    private readonly QuorumReader _quorum;
    private readonly LinearizableReader _reader;
    private readonly TimeProvider _clock;
    private readonly AcceptorPeers _peers;
    private readonly SharedRead<ChosenState> _sharedRead;
    private readonly SharedRead<ChosenState> _sharedPrepare;
    private readonly RecentChain _chain;
    private readonly ChangeQueue _changes;
    private TaskCompletionSource _learned = new();
    private long _watchedAt;

    /// <summary>Creates the learner of one register.</summary>
    /// <param name="name">The register's name.</param>
    /// <param name="propose">Runs a proposal. If it throws, the outcome of the proposal is unknown.</param>
    /// <param name="peers">The acceptors.</param>
    /// <param name="options">The limits and timeouts.</param>
    public ConfigRegister(string name, Func<ProposeRequest, Task<ProposeResult>> propose, AcceptorPeers peers, PaxosOptions options)
    {
        _name = name;
        _propose = propose;
        _options = options;
        _clock = peers.Clock;
        _peers = peers;
        _chain = new RecentChain(_clock);
        _changes = new ChangeQueue(name, propose, learner: this, peers, options);
        _quorum = new QuorumReader(peers, options);
        _reader = new LinearizableReader(_quorum, RepairAsync, peers, options);
        _sharedRead = new SharedRead<ChosenState>(ReadChosenAsync);
        _sharedPrepare = new SharedRead<ChosenState>(PrepareAsync);
    }

    /// <summary>Queues a change and waits for its outcome.</summary>
    public Task<ChangeOutcome> ChangeAsync(ChangeRequest request) => _changes.ChangeAsync(request);

    /// <summary>Returns the newest entry, read from a majority, or from memory when it may be stale.</summary>
    public async Task<RegisterEntry?> ReadAsync(ReadConsistency consistency)
    {
        RegisterName.Validate(_name, mayBeReserved: true);
        var chosen = consistency == ReadConsistency.Stale && _chain.Newest is { } remembered
            ? remembered
            : await _sharedRead.ReadAsync();
        return chosen.State.Newest;
    }

    /// <summary>
    /// Returns a version that every later version is above: from memory if the register has a value there. If it has none, it may have been
    /// forgotten meanwhile.
    /// </summary>
    public async Task<long> FloorAsync()
    {
        RegisterName.Validate(_name, mayBeReserved: true);
        var chosen = _chain.Newest is { State.Exists: true } remembered ? remembered : await _sharedRead.ReadAsync();
        return (chosen.IsFloor() ? chosen : await _sharedPrepare.ReadAsync()).Floor();
    }

    /// <summary>Returns the newest entries within the history's limits.</summary>
    public async Task<ImmutableArray<RegisterEntry>> HistoryAsync()
    {
        RegisterName.Validate(_name, mayBeReserved: true);
        return await _quorum.HistoryAsync(_name, (await _sharedRead.ReadAsync()).State);
    }

    /// <summary>Returns the versions after a given one; none when nothing new came in time, or before the silo stops.</summary>
    public async Task<WatchBatch> WatchAsync(WatchPoint after, TimeSpan wait, CancellationToken stopping = default)
    {
        RegisterName.Validate(_name, mayBeReserved: true);
        ArgumentOutOfRangeException.ThrowIfNegative(after.Version);
        try
        {
            return await WatchUntilStoppingAsync(after, wait, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return new WatchBatch([], 0);
        }
    }

    /// <summary>Takes in a state that was chosen without this learner.</summary>
    public void Learn(ChosenState chosen) => Learn(chosen, []);

    ChangeRequest ILearner.RaiseFloor(ChangeRequest request) => _chain.RaiseFloor(request);

    /// <inheritdoc/>
    public void Learn(ChosenState chosen, IReadOnlyCollection<RegisterEntry> written) => Learn(chosen, written, since: null);

    private void Learn(ChosenState chosen, IReadOnlyCollection<RegisterEntry> written, ChosenState? since)
    {
        _chain.Watched &= _clock.GetElapsedTime(_watchedAt) < LongPoll.LongestWait + WatchersMayReturn;
        if (!_chain.Learn(chosen, written, since))
            return;
        var learned = _learned;
        _learned = new TaskCompletionSource();
        learned.SetResult();
    }

    private async Task<ChosenState> ReadChosenAsync()
    {
        var since = _chain.Newest;
        var chosen = await _reader.ReadAsync(_name, since ?? ChosenState.Empty);
        Learn(chosen, [], since);
        return chosen;
    }

    /// <summary>Has a majority promise a ballot, under which the next change may be written.</summary>
    private async Task<ChosenState> PrepareAsync()
    {
        var result = await RepairAsync(_name);
        _changes.Offer(result.Next);
        return result.Chosen ?? throw new QuorumUnavailableException(result.Answered, _peers.Current.Set.Majority);
    }

    private Task<ProposeResult> RepairAsync(string register) =>
        _propose(ProposeRequest.Repair(register));

    private async Task<WatchBatch> WatchUntilStoppingAsync(WatchPoint after, TimeSpan wait, CancellationToken stopping)
    {
        var startedAt = _watchedAt = _clock.GetTimestamp();
        _chain.Watched = true;
        var longest = LongPoll.Bounded(wait);
        if (_chain.Newest is null || _chain.Newest.State.Version < after.Version)
            await _sharedRead.ReadAsync().WaitAsync(stopping);
        if (!_chain.MayHave(after))
            return await EntriesAfterAsync(0) with { Notice = WatchNotice.Reset };
        while (_chain.Newest!.State.Version <= after.Version)
        {
            if (after.Version > 0 && _chain.Newest is { State.Newest: null } ended && ended.GoneThrough() > after.Version)
                return new WatchBatch([], ended.GoneThrough());
            var left = longest - _clock.GetElapsedTime(startedAt);
            if (left <= TimeSpan.Zero)
                return new WatchBatch([], 0);
            if (!await LearnedWithinAsync(left < _options.WatchRefresh ? left : _options.WatchRefresh, stopping))
                await _sharedRead.ReadAsync().WaitAsync(stopping);
        }

        return await EntriesAfterAsync(after.Version);
    }

    private async Task<WatchBatch> EntriesAfterAsync(long after) =>
        _chain.EntriesAfter(after) is { } entries ? new WatchBatch(Beginning(entries), 0) : await FromHistoryAsync(after);

    private async Task<WatchBatch> FromHistoryAsync(long after)
    {
        var history = await _quorum.HistoryAsync(_name, _chain.Newest!.State);
        var missedThrough = history[0].Version - 1;
        return new WatchBatch(Beginning([.. history.Where(entry => entry.Version > after)]), missedThrough > after ? missedThrough : 0);
    }

    /// <summary>Entries that fit into one answer, at least one of them: a watcher asks again for the rest.</summary>
    private static ImmutableArray<RegisterEntry> Beginning(ImmutableArray<RegisterEntry> entries)
    {
        var (count, bytes) = (0, 0L);
        while (count < entries.Length && (bytes += entries[count].Value.Length) <= MaxWatchBytes)
            count++;
        return entries[..Math.Min(entries.Length, Math.Max(count, 1))];
    }

    private Task<bool> LearnedWithinAsync(TimeSpan wait, CancellationToken stopping) =>
        _learned.Task.EndsWithinAsync(wait, _clock, stopping);
}
