using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Verification.Simulation.Cluster;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>A quorum is one less than a majority: each silo assumes that one acceptor agrees.</summary>
internal sealed class SmallQuorum : Parts
{
    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) =>
        acceptor == silo ? new YesSayer(reach(acceptor)) : reach(acceptor);

    private sealed class YesSayer(IAcceptor inner) : AcceptorDecorator(inner)
    {
        public override Task<PrepareReply> PrepareAsync(PrepareRequest request) =>
            Task.FromResult(new PrepareReply(true, request.Ballot, Ballot.None, null));

        public override Task<AcceptReply> AcceptAsync(AcceptRequest request) => Task.FromResult(new AcceptReply(true, request.Next));
    }
}

/// <summary>A majority also chooses in the initial round: each silo assumes that one acceptor agrees there.</summary>
internal sealed class InitialRoundByMajority : Parts
{
    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) =>
        acceptor == silo ? new InitialYesSayer(reach(acceptor)) : reach(acceptor);

    private sealed class InitialYesSayer(IAcceptor inner) : AcceptorDecorator(inner)
    {
        public override Task<AcceptReply> AcceptAsync(AcceptRequest request) =>
            request.Ballot.IsInitial ? Task.FromResult(new AcceptReply(true, request.Next)) : base.AcceptAsync(request);
    }
}

/// <summary>Phase 2 ignores what was accepted before: proposers treat every promise as if the acceptor were empty.</summary>
internal sealed class AcceptedStateIgnored : Parts
{
    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => new Amnesiac(reach(acceptor));

    private sealed class Amnesiac(IAcceptor inner) : AcceptorDecorator(inner)
    {
        public override async Task<PrepareReply> PrepareAsync(PrepareRequest request) =>
            await base.PrepareAsync(request) with { Accepted = Ballot.None, State = null };
    }
}

/// <summary>A read asks only one acceptor: the first acceptor answers for every other.</summary>
internal sealed class ReadFromOne : Parts
{
    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) =>
        new Redirected(reach(acceptor), reach("a1"));

    private sealed class Redirected(IAcceptor inner, IAcceptor one) : AcceptorDecorator(inner)
    {
        public override Task<ReadReply> ReadAsync(ReadRequest request) => one.ReadAsync(request with { WithState = true });
    }
}

/// <summary>A list from one acceptor only: the first acceptor answers for every other.</summary>
internal sealed class ListFromOne : Parts
{
    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) =>
        new Redirected(reach(acceptor), reach("a1"));

    private sealed class Redirected(IAcceptor inner, IAcceptor one) : AcceptorDecorator(inner)
    {
        public override Task<ListReply> ListAsync(ListRequest request) => one.ListAsync(request);
    }
}

/// <summary>A history that is not told: acceptors answer only with the state that they have accepted.</summary>
internal sealed class HistoryWithheld : Parts
{
    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => new Forgetful(reach(acceptor));

    private sealed class Forgetful(IAcceptor inner) : AcceptorDecorator(inner)
    {
        public override async Task<HistoryReply> HistoryAsync(HistoryRequest request)
        {
            await base.HistoryAsync(request);
            return new HistoryReply([]);
        }
    }
}

/// <summary>An acceptor with blank storage that takes it for granted that the others have noted it.</summary>
internal sealed class NotesAssumed : Parts
{
    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => new Assumed(reach(acceptor));

    private sealed class Assumed(IAcceptor inner) : AcceptorDecorator(inner)
    {
        public override Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => Task.FromResult(new IntroduceReply(request.Incarnation));
    }
}

/// <summary>An acceptor that does not look for what it has missed.</summary>
internal sealed class MissedForEver : Parts
{
    public override bool CatchesUp => false;
}
