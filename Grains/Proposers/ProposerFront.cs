using Microsoft.Extensions.Logging;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Proposers;

/// <summary>All that a client may ask of any silo, without the register's grain: changes, proposals, quorum reads, histories, names, the cluster's status.</summary>
internal sealed class ProposerFront
{
    /// <summary>The most names in a page.</summary>
    private const int MaxPage = 10_000;

    private readonly Proposer _proposer;
    private readonly LinearizableReader _reader;
    private readonly QuorumReader _quorum;
    private readonly NameLister _lister;
    private readonly ClusterInspector _inspector;
    private readonly PaxosOptions _options;
    private readonly TimeProvider _clock;
    private readonly int _majority;
    private readonly Dictionary<string, ChangeQueue> _queues = [];
    private readonly Func<string, ChosenState, Task> _tellLearner;

    /// <summary>Makes a proposer and its readers.</summary>
    /// <param name="silo">The silo it runs on.</param>
    /// <param name="peers">The acceptors.</param>
    /// <param name="ballots">The ballots of this activation, and of no other.</param>
    /// <param name="tellLearner">Tells a register's learner what was chosen without it; it may fail.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="random">Draws the pauses between attempts.</param>
    /// <param name="logger">The log.</param>
    public ProposerFront(
        string silo,
        AcceptorPeers peers,
        BallotSource ballots,
        Func<string, ChosenState, Task> tellLearner,
        PaxosOptions options,
        TimeProvider clock,
        Random random,
        ILogger<Proposer> logger)
    {
        _options = options;
        _clock = clock;
        _majority = peers.Set.Majority;
        _tellLearner = tellLearner;
        _proposer = new Proposer(peers, ballots, options, clock, random, logger);
        _quorum = new QuorumReader(peers, options, clock);
        _reader = new LinearizableReader(_quorum, RepairAsync, peers.Set.Majority, options, clock);
        _lister = new NameLister(peers, ExistsAsync, options, clock);
        _inspector = new ClusterInspector(peers, silo);
    }

    public Task<ProposeResult> ProposeAsync(ProposeRequest request)
    {
        RegisterName.Validate(request.Register);
        foreach (var change in request.Changes)
            ChangeLimits.Validate(change.Change, _options.MaxValueBytes);
        return _proposer.ProposeAsync(request);
    }

    /// <summary>
    /// Changes a register, together with whatever else is waiting for it here: were each a proposal of its own, they
    /// would outbid each other all the time.
    /// </summary>
    public async Task<ChangeOutcome> ChangeAsync(string register, ChangeRequest request)
    {
        if (!_queues.TryGetValue(register, out var queue))
            queue = NewQueue(register);
        var outcome = queue.ChangeAsync(request);
        _queues[register] = queue;
        try
        {
            return await outcome;
        }
        finally
        {
            if (queue.IsIdle && _queues.GetValueOrDefault(register) == queue)
                _queues.Remove(register);
        }
    }

    public async Task<RegisterEntry?> ReadAsync(string register) => (await ReadStateAsync(register)).Newest;

    public async Task<ImmutableArray<RegisterEntry>> HistoryAsync(string register) =>
        await _quorum.HistoryAsync(register, await ReadStateAsync(register));

    public Task<NamePage> ListAsync(string prefix, string after, int limit)
    {
        RegisterName.ValidatePrefix(prefix);
        ArgumentNullException.ThrowIfNull(after);
        if (limit is < 1 or > MaxPage)
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"A page has 1 to {MaxPage} names.");
        return _lister.ListAsync(prefix, after, limit);
    }

    public Task<ClusterStatus> StatusAsync() => _inspector.InspectAsync();

    private ChangeQueue NewQueue(string register)
    {
        var chain = new RecentChain(_options.HistoryEntries, _clock);
        return new ChangeQueue(register, _proposer.ProposeAsync, chain, Learn, _majority, _options, _clock);

        void Learn(ChosenState chosen, IReadOnlyCollection<RegisterEntry> written)
        {
            chain.Learn(chosen, written);
            _ = _tellLearner(register, chosen);
        }
    }

    private async Task<RegisterState> ReadStateAsync(string register)
    {
        RegisterName.Validate(register);
        return (await _reader.ReadAsync(register, ChosenState.Empty)).State;
    }

    private async Task<bool> ExistsAsync(string register) => (await ReadStateAsync(register)).Exists;

    private Task<ProposeResult> RepairAsync(string register) =>
        _proposer.ProposeAsync(new ProposeRequest(register, [], Prepared: null));
}
