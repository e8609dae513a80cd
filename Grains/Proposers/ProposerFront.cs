using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Proposers;

/// <summary>
/// Everything that a client can ask any silo without the register's grain: changes, quorum reads, histories, names and the
/// status of the cluster.
/// </summary>
internal sealed class ProposerFront
{
    /// <summary>The largest number of names in a page.</summary>
    private const int MaxPage = 10_000;

    private readonly Proposer _proposer;
    private readonly LinearizableReader _reader;
    private readonly QuorumReader _quorum;
    private readonly RegisterLister _lister;
    private readonly ClusterWatermarks _watermarks;
    private readonly ClusterInspector _inspector;
    private readonly AcceptorPeers _peers;
    private readonly PaxosOptions _options;
    private readonly Dictionary<string, ChangeQueue> _queues = [];
    private readonly Func<string, ChosenState, Task> _tellLearner;

    /// <summary>Creates the front of a proposer.</summary>
    /// <param name="silo">The silo it runs on.</param>
    /// <param name="proposer">The proposer.</param>
    /// <param name="peers">The acceptors.</param>
    /// <param name="tellLearner">Tells a register's learner what was chosen without it. It may fail.</param>
    /// <param name="options">The limits and timeouts.</param>
    public ProposerFront(
        string silo, Proposer proposer, AcceptorPeers peers, Func<string, ChosenState, Task> tellLearner, PaxosOptions options)
    {
        _peers = peers;
        _options = options;
        _tellLearner = tellLearner;
        _proposer = proposer;
        _quorum = new QuorumReader(peers, options);
        _reader = new LinearizableReader(_quorum, RepairAsync, peers, options);
        _lister = new RegisterLister(peers, _quorum, _reader, options);
        _watermarks = new ClusterWatermarks(peers, options);
        _inspector = new ClusterInspector(peers, silo);
    }

    /// <summary>
    /// Changes a register. Changes of one register that wait here together share a proposal, so that they do not compete with each other.
    /// </summary>
    public Task<ChangeOutcome> ChangeAsync(string register, ChangeRequest request)
    {
        if (!_queues.TryGetValue(register, out var queue))
            queue = NewQueue(register);
        var outcome = queue.ChangeAsync(request);
        if (!queue.IsIdle)
            _queues[register] = queue;
        return outcome;
    }

    public async Task<RegisterEntry?> ReadAsync(string register) => (await ReadStateAsync(register)).Newest;

    public async Task<long> FloorAsync(string register)
    {
        RegisterName.Validate(register, mayBeReserved: true);
        var chosen = await _reader.ReadAsync(register, ChosenState.Empty);
        return (chosen.IsFloor() ? chosen : await _reader.RepairAsync(register)).Floor();
    }

    public async Task<ImmutableArray<RegisterEntry>> HistoryAsync(string register) =>
        await _quorum.HistoryAsync(register, await ReadStateAsync(register));

    public Task<NamePage> ListAsync(string prefix, string after, int limit)
    {
        ValidatePage(prefix, after, limit);
        return _lister.ListAsync(prefix, after, limit);
    }

    public Task<EntryPage> ListEntriesAsync(string prefix, string after, int limit)
    {
        ValidatePage(prefix, after, limit);
        return _lister.ListEntriesAsync(prefix, after, limit);
    }

    public Task<BackupPage> ListHistoriesAsync(string prefix, string after, int limit)
    {
        ValidatePage(prefix, after, limit);
        return _lister.ListHistoriesAsync(prefix, after, limit);
    }

    public Task<WatermarksReply> WatermarksAsync(int first, int count) => _watermarks.ReadAsync(first, count);

    public Task RaiseAsync(ImmutableArray<BucketWatermark> watermarks) => _watermarks.RaiseAsync(watermarks);

    public Task<ClusterStatus> StatusAsync() => _inspector.InspectAsync();

    private static void ValidatePage(string prefix, string after, int limit)
    {
        RegisterName.ValidatePrefix(prefix, mayBeReserved: true);
        ArgumentNullException.ThrowIfNull(after);
        if (limit is < 1 or > MaxPage)
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"A page has 1 to {MaxPage} names.");
    }

    private ChangeQueue NewQueue(string register)
    {
        var learner = new Learner(new RecentChain(_peers.Clock), chosen => _tellLearner(register, chosen));
        return new ChangeQueue(register, _proposer.ProposeAsync, learner, _peers, _options, idle: () => _queues.Remove(register));
    }

    private async Task<RegisterState> ReadStateAsync(string register)
    {
        RegisterName.Validate(register, mayBeReserved: true);
        return (await _reader.ReadAsync(register, ChosenState.Empty)).State;
    }

    private Task<ProposeResult> RepairAsync(string register) =>
        _proposer.ProposeAsync(ProposeRequest.Repair(register));

    /// <summary>Remembers what was chosen here, and tells the register's own learner.</summary>
    private sealed class Learner(RecentChain chain, Func<ChosenState, Task> tellLearner) : ILearner
    {
        public ChangeRequest RaiseFloor(ChangeRequest request) => chain.RaiseFloor(request);

        public void Learn(ChosenState chosen, IReadOnlyCollection<RegisterEntry> written)
        {
            chain.Learn(chosen, written);
            TellAsync(chosen).Abandon();
        }

        /// <summary>Async, so that a failure ends this task and never the call that has changed the register.</summary>
        private async Task TellAsync(ChosenState chosen) => await tellLearner(chosen);
    }
}
