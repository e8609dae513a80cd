using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Changing;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Registers;
using Orleans.Paxos.Repair;

namespace Orleans.Paxos.Tests.World;

/// <summary>Acceptors, proposers and registers as plain objects, without a runtime.</summary>
internal sealed class PaxosWorld
{
    private readonly AcceptorPeers _peers;
    private readonly bool _inOneCommit;
    private int _seed;

    public PaxosWorld(int acceptors = 3, Action<PaxosOptions>? configure = null, TimeProvider? clock = null, bool inOneCommit = false)
    {
        Clock = clock ?? TimeProvider.System;
        _inOneCommit = inOneCommit;
        Options.Acceptors = [.. Enumerable.Range(1, acceptors).Select(number => $"a{number}")];
        configure?.Invoke(Options);
        Set = new AcceptorSet(Options.Acceptors, Options.Epoch);
        Nodes = Set.Names.ToImmutableDictionary(name => name, name => new AcceptorNode(name, new MemoryStorage { WritesInOneCommit = inOneCommit }, Options));
        _peers = NewPeers();
        foreach (var node in Nodes.Values)
        {
            node.Connect(NewPeers());
            node.End = register => NewProposer().ProposeAsync(ProposeRequest.End(register));
        }
    }

    public PaxosOptions Options { get; } = new();

    public TimeProvider Clock { get; }

    public AcceptorSet Set { get; }

    public ImmutableDictionary<string, AcceptorNode> Nodes { get; private set; }

    /// <summary>Starts an acceptor that is in no set.</summary>
    public AcceptorNode AddNode(string name)
    {
        var node = new AcceptorNode(name, new MemoryStorage { WritesInOneCommit = _inOneCommit }, Options) { End = register => NewProposer().ProposeAsync(ProposeRequest.End(register)) };
        Nodes = Nodes.Add(name, node);
        node.Connect(NewPeers());
        return node;
    }

    private AcceptorNode NodeOf(string name) => Nodes.GetValueOrDefault(name) ?? new AcceptorNode(name, new MemoryStorage(), Options) { Down = true };

    /// <summary>What changes the set, on a silo of its own.</summary>
    public SetDriver NewDriver(AcceptorPeers? peers = null)
    {
        var own = peers ?? NewPeers();
        return new SetDriver(own, NewProposer(own).ProposeAsync, Options, UniqueId.New, NullLogger<SetDriver>.Instance);
    }

    /// <summary>Changes the set.</summary>
    /// <returns>The set after the change.</returns>
    public async Task<AcceptorSet> ChangeSetAsync(AcceptorChange change)
    {
        var driver = NewDriver();
        await driver.ChangeAsync(change);
        await driver.RunAsync(CancellationToken.None);
        return (await driver.ProgressAsync()).Plan!.Set;
    }

    /// <summary>A register on a silo that knows the first set, or a later one.</summary>
    public ConfigRegister NewRegister(string name, AcceptorPeers peers) => new(name, NewProposer(peers).ProposeAsync, peers, Options);

    public AcceptorNode Node(int number) => Nodes[$"a{number}"];

    public int Requests => Nodes.Values.Sum(node => node.Requests);

    public int Writes => Nodes.Values.Sum(node => node.Storage.Writes);

    /// <summary>The knowledge of one silo about the acceptors.</summary>
    /// <param name="runningSilos">The names of the silos that run; null if nobody knows.</param>
    public AcceptorPeers NewPeers(Func<IReadOnlyList<string>>? runningSilos = null) => new(Set, NodeOf, Options.AcceptorTimeout, Clock, runningSilos);

    public Proposer NewProposer() =>
        NewProposer(_peers);

    public ConfigRegister NewRegister(string name)
    {
        var proposer = NewProposer();
        return new ConfigRegister(name, proposer.ProposeAsync, _peers, Options);
    }

    /// <summary>The services of one silo that clients reach when they bypass the register's grain.</summary>
    /// <param name="tellLearner">Called with what was chosen.</param>
    public ProposerFront NewFront(Func<string, ChosenState, Task> tellLearner)
    {
        var peers = NewPeers();
        return new ProposerFront("s", NewProposer(peers), peers, tellLearner, Options);
    }

    public RegisterLister NewLister()
    {
        var proposer = NewProposer();
        var reader = new LinearizableReader(
            NewReader(), register => proposer.ProposeAsync(ProposeRequest.Repair(register)), _peers, Options);
        return new RegisterLister(_peers, NewReader(), reader, Options);
    }

    /// <summary>What brings an acceptor forward that was away.</summary>
    public CatchUp NewCatchUp(int acceptor, MissedWrites missed)
    {
        var peers = NewPeers();
        return new CatchUp(peers, peers.PeerOf($"a{acceptor}"), NewProposer(peers).ProposeAsync, missed, Options, NullLogger.Instance);
    }

    public QuorumReader NewReader() => new(_peers, Options);

    /// <summary>Makes every acceptor introduce itself.</summary>
    public async Task JoinAsync()
    {
        foreach (var node in Nodes.Values)
            Assert.Equal(AcceptorStanding.Voting, (await node.StatusAsync()).Standing);
    }

    /// <summary>
    /// Lets the time of every proposal be up as soon as an acceptor gets its next request, so that it gives up after the attempt that is
    /// under way.
    /// </summary>
    public void GiveUpAfterOneAttempt()
    {
        foreach (var node in Nodes.Values)
        {
            node.OnRequest = _ =>
            {
                TimeIsUp();
                return Task.CompletedTask;
            };
        }
    }

    /// <summary>Lets the time of every proposal be up now.</summary>
    public void TimeIsUp() => Options.ProposalTimeout = TimeSpan.Zero;

    /// <summary>Gives proposals their time back, and delivers every message.</summary>
    public void Deliver()
    {
        Options.ProposalTimeout = new PaxosOptions().ProposalTimeout;
        foreach (var node in Nodes.Values)
            node.OnRequest = node.OnReply = null;
    }

    /// <summary>Waits until every sent message has been answered.</summary>
    public async Task QuietAsync()
    {
        while (Nodes.Values.Any(node => node.InFlight > 0))
            await Task.Yield();
    }

    /// <summary>Proposes changes with a new proposer, starting from phase 1.</summary>
    public Task<ProposeResult> ProposeAsync(string register, params ChangeRequest[] changes) =>
        NewProposer().ProposeAsync(new ProposeRequest(register, [.. changes], Prepared: null));

    private Proposer NewProposer(AcceptorPeers peers) =>
        new(peers, new BallotSource(UniqueId.New), Options, new Random(Interlocked.Increment(ref _seed)), NullLogger<Proposer>.Instance);
}
