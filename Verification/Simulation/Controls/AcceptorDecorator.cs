using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>Passes every call to another acceptor. A control overrides the calls that it breaks.</summary>
internal abstract class AcceptorDecorator(IAcceptor inner) : IAcceptor
{
    public virtual Task<PrepareReply> PrepareAsync(PrepareRequest request) => inner.PrepareAsync(request);

    public virtual Task<AcceptReply> AcceptAsync(AcceptRequest request) => inner.AcceptAsync(request);

    public virtual Task<ReadReply> ReadAsync(ReadRequest request) => inner.ReadAsync(request);

    public virtual Task<HistoryReply> HistoryAsync(HistoryRequest request) => inner.HistoryAsync(request);

    public virtual Task<ListReply> ListAsync(ListRequest request) => inner.ListAsync(request);

    public virtual Task<FeedReply> FeedAsync(FeedRequest request) => inner.FeedAsync(request);

    public virtual Task<CoverReply> CoverAsync(CoverRequest request) => inner.CoverAsync(request);

    public virtual Task<WatermarksReply> WatermarksAsync(WatermarksRequest request) => inner.WatermarksAsync(request);

    public virtual Task<WatermarksReply> RaiseAsync(RaiseRequest request) => inner.RaiseAsync(request);

    public virtual Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => inner.IntroduceAsync(request);

    public virtual Task<EnrollReply> EnrollAsync(EnrollRequest request) => inner.EnrollAsync(request);

    public virtual Task<AcceptorSet> FollowAsync(AcceptorSet set) => inner.FollowAsync(set);

    public Task NoteMissedAsync() => inner.NoteMissedAsync();

    public Task<AcceptorStatus> StatusAsync() => inner.StatusAsync();
}
