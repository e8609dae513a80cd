using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Changing;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Verification.Simulation.Cluster;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>A change of the acceptor set of which one part is broken.</summary>
internal abstract class BrokenSets : Parts
{
    public override bool ChangesSets => true;
}

/// <summary>A change of which the driver's proposals are broken.</summary>
internal abstract class BrokenDriver : BrokenSets
{
    public override SetDriver Driving(AcceptorPeers peers, Func<ProposeRequest, Task<ProposeResult>> propose, PaxosOptions options, Func<Guid> newId) =>
        new(peers, request => ProposeAsync(peers, propose, request), options, newId, NullLogger<SetDriver>.Instance);

    protected abstract Task<ProposeResult> ProposeAsync(AcceptorPeers peers, Func<ProposeRequest, Task<ProposeResult>> propose, ProposeRequest request);
}

/// <summary>No sweep: no register is carried over to the acceptors that come.</summary>
internal sealed class NoSweep : BrokenDriver
{
    protected override Task<ProposeResult> ProposeAsync(AcceptorPeers peers, Func<ProposeRequest, Task<ProposeResult>> propose, ProposeRequest request) =>
        request.CarriesHistory ? Task.FromResult(new ProposeResult(ProposeStatus.Decided, [], null, null, [])) : propose(request);
}

/// <summary>A set that acceptors take over before it is decided.</summary>
internal sealed class AdoptedBeforeDecided : BrokenDriver
{
    protected override async Task<ProposeResult> ProposeAsync(AcceptorPeers peers, Func<ProposeRequest, Task<ProposeResult>> propose, ProposeRequest request)
    {
        if (request.Register == ReservedNames.Acceptors && request.Changes is [{ Change.Value: var plan }])
        {
            var set = AcceptorPlan.Decode(plan).Set;
            await Task.WhenAll(set.Names.Select(name => peers.PeerOf(name).TryAskAsync(acceptor => acceptor.FollowAsync(set))));
        }

        return await propose(request);
    }
}

/// <summary>Acceptors that come do not take over what the others have forgotten.</summary>
internal sealed class WatermarksLeftOut : BrokenSets
{
    public override bool Forgets => true;

    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => new WithoutWatermarks(reach(acceptor));

    private sealed class WithoutWatermarks(IAcceptor inner) : AcceptorDecorator(inner)
    {
        public override async Task<WatermarksReply> WatermarksAsync(WatermarksRequest request) => await base.WatermarksAsync(request) with { Watermarks = [] };
    }
}

/// <summary>An epoch that is not sealed: acceptors that have taken over the next set answer messages of the one before.</summary>
internal sealed class EpochNotSealed : BrokenSets
{
    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => new Unsealed(reach(acceptor));

    private sealed class Unsealed(IAcceptor inner) : AcceptorDecorator(inner)
    {
        public override Task<PrepareReply> PrepareAsync(PrepareRequest request) =>
            AnyhowAsync(request.Set, set => base.PrepareAsync(request with { Set = set }));

        public override Task<AcceptReply> AcceptAsync(AcceptRequest request) =>
            AnyhowAsync(request.Set, set => base.AcceptAsync(request with { Set = set }));
    }

    /// <summary>Asks again in the name of the acceptor's own set if it has another one.</summary>
    private static async Task<TReply> AnyhowAsync<TReply>(AcceptorSetId set, Func<AcceptorSetId, Task<TReply>> ask)
    {
        try
        {
            return await ask(set);
        }
        catch (AcceptorSetMismatchException mismatch) when (mismatch.OwnSet is { } own)
        {
            return await ask(own.Id);
        }
    }
}

/// <summary>A learner that votes: it knows nothing, and says yes.</summary>
internal sealed class LearnerVotes : BrokenSets
{
    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => new YesSayer(reach(acceptor));

    private sealed class YesSayer(IAcceptor inner) : AcceptorDecorator(inner)
    {
        public override Task<PrepareReply> PrepareAsync(PrepareRequest request) =>
            OrElseAsync(base.PrepareAsync(request), new PrepareReply(true, request.Ballot, Ballot.None, null));

        public override Task<AcceptReply> AcceptAsync(AcceptRequest request) =>
            OrElseAsync(base.AcceptAsync(request), new AcceptReply(true, request.Next));

        private static async Task<TReply> OrElseAsync<TReply>(Task<TReply> answer, TReply yes)
        {
            try
            {
                return await answer;
            }
            catch (AcceptorNotVotingException refusal) when (refusal.Standing is AcceptorStanding.Joining or AcceptorStanding.Learner or AcceptorStanding.StorageLost)
            {
                return yes;
            }
        }
    }
}
