using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Changing;
using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Verification.Simulation.Coordination;
using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>The replaceable parts of a simulated cluster. By default each part returns its input unchanged. A negative control replaces one part with a broken one.</summary>
internal class Parts
{
    /// <summary>Whether an acceptor that lost its records still believes that it may vote.</summary>
    public virtual bool IdentityOutlivesDisk => false;

    /// <summary>Whether a process flushes what the previous process wrote and did not flush.</summary>
    public virtual bool FlushesWhatItFinds => true;

    /// <summary>Whether a database without its write-ahead log is refused.</summary>
    public virtual bool NoticesLostLog => true;

    /// <summary>Whether an acceptor that may have missed writes looks for them.</summary>
    public virtual bool CatchesUp => true;

    /// <summary>Whether prefixes are watched in every run, and not in some.</summary>
    public virtual bool WatchesPrefixes => false;

    /// <summary>How much faster than the slowest clock the fastest may run.</summary>
    public virtual double ClockDrift => 0.05;

    /// <summary>How many items an acceptor's feed keeps.</summary>
    public virtual int FeedItems => Acceptor.FeedItems;

    /// <summary>Whether deleted registers are forgotten soon in every run, and not in some.</summary>
    public virtual bool Forgets => false;

    /// <summary>Whether watermarks are raised in every run before a register is used, and not in some.</summary>
    public virtual bool Raises => false;

    /// <summary>Gets the acceptors at which watermarks are raised.</summary>
    public virtual IEnumerable<string> Raising(ImmutableArray<string> acceptors) => acceptors;

    /// <summary>Whether clients write behind fences in every run, and not in some.</summary>
    public virtual bool UsesFences => false;

    /// <summary>Whether there are sessions and locks in every run, and not in some.</summary>
    public virtual bool UsesLocks => false;

    /// <summary>Whether acceptors use a disk of their own in every run, and not in some.</summary>
    public virtual bool UsesDisks => false;

    /// <summary>Whether acceptors use storage that others can write to in every run, and not in some.</summary>
    public virtual bool UsesAccounts => false;

    /// <summary>Whether the acceptor set is changed in every run, and not in some.</summary>
    public virtual bool ChangesSets => false;

    /// <summary>Creates what changes the acceptor set on a silo.</summary>
    public virtual SetDriver Driving(AcceptorPeers peers, Func<ProposeRequest, Task<ProposeResult>> propose, PaxosOptions options, Func<Guid> newId) =>
        new(peers, propose, options, newId, NullLogger<SetDriver>.Instance);

    /// <summary>Gets the storage that an acceptor uses.</summary>
    public virtual IGrainStorage Storing(IGrainStorage storage) => storage;

    /// <summary>Gets the acceptor that the proposers and readers of a silo use.</summary>
    public virtual IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => reach(acceptor);

    /// <summary>Gets what the sessions and locks of a client are made of.</summary>
    public virtual CoordinationParts Coordinating(CoordinationParts parts) => parts;

    /// <summary>Gets the way in which a client acquires a lock.</summary>
    public virtual Func<LockName, AcquireOptions, CancellationToken, Task<IHolding>> Acquiring(
        CoordinationParts parts, Func<LockName, AcquireOptions, CancellationToken, Task<IHolding>> acquire) => acquire;

    /// <summary>Gets what the keepers of sessions of a silo are made of.</summary>
    public virtual CoordinationParts Keeping(CoordinationParts parts) => parts;

    /// <summary>Gets the batch that a watcher of a prefix is given.</summary>
    public virtual PrefixBatch Telling(string cursor, PrefixBatch batch) => batch;

    /// <summary>Creates the ballots of a new proposer activation.</summary>
    public virtual BallotSource NewBallots(string silo, Func<Guid> newId) => new(newId);

    /// <summary>Gets the proposer that a register uses.</summary>
    public virtual Func<ProposeRequest, Task<ProposeResult>> Proposing(Func<ProposeRequest, Task<ProposeResult>> propose) => propose;

    /// <summary>Gets the change that a register receives.</summary>
    public virtual ChangeRequest Arriving(ChangeRequest request) => request;

    /// <summary>Gets the request id that the client used.</summary>
    public virtual Guid Original(Guid requestId) => requestId;
}
