using Microsoft.Extensions.Logging;

namespace Orleans.Paxos;

/// <summary>All that a client may ask of any silo, without the grain: proposals, quorum reads, histories, names, the cluster's status.</summary>
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
        _tellLearner = tellLearner;
        _proposer = new Proposer(peers, ballots, options, clock, random, logger);
        _quorum = new QuorumReader(peers, options, clock);
        _reader = new LinearizableReader(_quorum, RepairAsync, peers.Set.Majority, options, clock);
        _lister = new NameLister(peers, ExistsAsync, options, clock);
        _inspector = new ClusterInspector(peers, silo);
    }

    public async Task<ProposeResult> ProposeAsync(ProposeRequest request)
    {
        RegisterName.Validate(request.Register);
        foreach (var change in request.Changes)
            ChangeLimits.Validate(change.Change, _options.MaxValueBytes);
        var result = await _proposer.ProposeAsync(request);
        if (request.TellLearner && result.Chosen is { } chosen)
            _ = _tellLearner(request.Register, chosen);
        return result;
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

    private async Task<RegisterState> ReadStateAsync(string register)
    {
        RegisterName.Validate(register);
        return (await _reader.ReadAsync(register, ChosenState.Empty)).State;
    }

    private async Task<bool> ExistsAsync(string register) => (await ReadStateAsync(register)).Exists;

    private Task<ProposeResult> RepairAsync(string register) =>
        _proposer.ProposeAsync(new ProposeRequest(register, [], Prepared: null, TellLearner: false));
}
