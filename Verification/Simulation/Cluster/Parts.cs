using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;
using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>The replaceable parts of a simulated cluster. By default each passes on what it is given; a negative control replaces one with a broken part.</summary>
internal class Parts
{
    /// <summary>Whether an acceptor that lost its records still believes that it votes.</summary>
    public virtual bool IdentityOutlivesDisk => false;

    /// <summary>The storage as an acceptor has it.</summary>
    public virtual IGrainStorage Storing(IGrainStorage storage) => storage;

    /// <summary>An acceptor as the proposers and readers of a silo see it.</summary>
    public virtual IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => reach(acceptor);

    /// <summary>The ballots of a new proposer activation.</summary>
    public virtual BallotSource NewBallots(string silo, Func<Guid> newId) => new(newId);

    /// <summary>The proposer as a register has it.</summary>
    public virtual Func<ProposeRequest, Task<ProposeResult>> Proposing(Func<ProposeRequest, Task<ProposeResult>> propose) => propose;

    /// <summary>A change as it arrives at a register.</summary>
    public virtual ChangeRequest Arriving(ChangeRequest request) => request;

    /// <summary>The request that a client knows under this id.</summary>
    public virtual Guid Original(Guid requestId) => requestId;
}
