using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace Orleans.Paxos;

/// <summary>
/// A proposer on every silo. Reentrant: proposals for many registers run side by side, each with its own ballots. It stays
/// out of Orleans' default directory, in which even a stateless worker is looked up, perhaps on a silo that hangs.
/// </summary>
[StatelessWorker, Reentrant, GrainDirectory(PinnedGrainDirectory.Name)]
internal sealed class ProposerGrain : Grain, IProposerGrain
{
    /// <summary>The most names in a page.</summary>
    private const int MaxPage = 10_000;

    private readonly Proposer _proposer;
    private readonly LinearizableReader _reader;
    private readonly QuorumReader _quorum;
    private readonly NameLister _lister;
    private readonly ClusterInspector _inspector;
    private readonly PaxosOptions _options;

    public ProposerGrain(
        AcceptorPeers peers,
        IOptions<PaxosOptions> options,
        TimeProvider clock,
        Random random,
        ILocalSiloDetails silo,
        ILogger<Proposer> logger)
    {
        _options = options.Value;
        _proposer = new Proposer(peers, new BallotSource(UniqueId.New()), _options, clock, random, logger);
        _quorum = new QuorumReader(peers, _options, clock);
        _reader = new LinearizableReader(_quorum, RepairAsync, peers.Set.Majority, _options, clock);
        _lister = new NameLister(peers, ExistsAsync, _options, clock);
        _inspector = new ClusterInspector(peers, silo.Name);
    }

    public async Task<ProposeResult> ProposeAsync(ProposeRequest request)
    {
        RegisterName.Validate(request.Register);
        foreach (var change in request.Changes)
            ChangeLimits.Validate(change.Change, _options.MaxValueBytes);
        var result = await _proposer.ProposeAsync(request);
        if (request.TellLearner && result.Chosen is { } chosen)
            _ = GrainFactory.GetGrain<IConfigRegisterGrain>(request.Register).LearnAsync(chosen);
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

    public Task PingAsync() => Task.CompletedTask;

    private async Task<RegisterState> ReadStateAsync(string register)
    {
        RegisterName.Validate(register);
        return (await _reader.ReadAsync(register, ChosenState.Empty)).State;
    }

    private async Task<bool> ExistsAsync(string register) => (await ReadStateAsync(register)).Exists;

    private Task<ProposeResult> RepairAsync(string register) =>
        _proposer.ProposeAsync(new ProposeRequest(register, [], Prepared: null, TellLearner: false));
}
