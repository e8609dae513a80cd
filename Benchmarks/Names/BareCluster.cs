using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Registers;

namespace Orleans.Paxos.Benchmarks.Names;

/// <summary>
/// Three acceptors on SQLite with the classes behind the grains, combined as in the hosting code but without the runtime: no messages are
/// serialized and no grains are placed. So more names come and go in an hour, and all memory is that of the product's own classes.
/// </summary>
internal sealed class BareCluster : IDisposable
{
    private const int Acceptors = 3;
    private const int PageOfNames = 1000;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(1);

    private readonly PaxosOptions _options;
    private readonly AcceptorSet _set;
    private readonly ImmutableDictionary<string, BareAcceptor> _acceptors;
    private readonly ImmutableArray<AcceptorPeers> _silos;
    private readonly RegisterLister _lister;

    /// <summary>Starts the cluster.</summary>
    /// <param name="folder">The folder for the acceptors' databases.</param>
    /// <param name="options">The limits and timeouts.</param>
    public BareCluster(TemporaryFolder folder, PaxosOptions options)
    {
        _options = options;
        options.Acceptors = [.. Enumerable.Range(1, Acceptors).Select(number => $"a{number}")];
        _set = new AcceptorSet(options.Acceptors, options.Epoch);
        _acceptors = _set.Names.ToImmutableDictionary(name => name, name => new BareAcceptor(name, folder[name], options));
        _silos = [.. _set.Names.Select(_ => NewPeers())];
        var proposer = NewProposer(_silos[0]);
        var reader = new QuorumReader(_silos[0], options);
        _lister = new RegisterLister(
            _silos[0], reader, new LinearizableReader(reader, register => proposer.ProposeAsync(ProposeRequest.Repair(register)), _silos[0], options), options);
        foreach (var name in _set.Names)
            Open(name);
    }

    /// <summary>The names of the acceptors.</summary>
    public ImmutableArray<string> Names => _set.Names;

    /// <summary>The folder of an acceptor's database.</summary>
    public string FolderOf(string acceptor) => _acceptors[acceptor].Folder;

    /// <summary>The most names that an acceptor holds: those with a value, and those that are deleted and not forgotten.</summary>
    public async Task<long> HeldAsync() => (await Task.WhenAll(_acceptors.Values.Select(acceptor => acceptor.StatusAsync()))).Max(status => status.Registers);

    /// <summary>Waits until an acceptor votes.</summary>
    public async Task VotesAsync(string acceptor)
    {
        while ((await _acceptors[acceptor].StatusAsync()).Standing != AcceptorStanding.Voting)
            await Task.Delay(BetweenLooks, TimeProvider.System);
    }

    /// <summary>Creates what the grain of a register is made of, on one of the silos in turn.</summary>
    public ConfigRegister NewRegister(string name, long number)
    {
        var peers = _silos[(int)(number % _silos.Length)];
        return new ConfigRegister(name, NewProposer(peers).ProposeAsync, peers, _options);
    }

    /// <summary>Counts the registers that have a value, page by page.</summary>
    public async Task<int> CountListedAsync()
    {
        var (count, after) = (0, "");
        while (true)
        {
            var page = await _lister.ListAsync("", after, PageOfNames);
            count += page.Names.Length;
            if (!page.More)
                return count;
            after = page.Names[^1];
        }
    }

    /// <summary>Starts an acceptor on its database.</summary>
    public void Open(string acceptor)
    {
        var peers = NewPeers();
        var proposer = NewProposer(peers);
        _acceptors[acceptor].Open(peers, register => proposer.ProposeAsync(ProposeRequest.End(register)));
    }

    /// <summary>Stops an acceptor and closes its database.</summary>
    public void Close(string acceptor) => _acceptors[acceptor].Close();

    public void Dispose()
    {
        foreach (var name in Names)
            Close(name);
    }

    private AcceptorPeers NewPeers() => new(
        _set, name => new RemoteAcceptor(_acceptors[name], TimeProvider.System), _options.AcceptorTimeout, TimeProvider.System);

    private Proposer NewProposer(AcceptorPeers peers) => new(peers, new BallotSource(UniqueId.New), _options, new Random(), NullLogger<Proposer>.Instance);
}
