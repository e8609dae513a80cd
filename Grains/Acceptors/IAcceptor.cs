namespace Orleans.Paxos.Acceptors;

/// <summary>An acceptor as proposers and readers ask it: one question at a time, about one register.</summary>
/// <remarks>The exceptions are those of <see cref="IAcceptorGrain"/>.</remarks>
internal interface IAcceptor
{
    Task<PrepareReply> PrepareAsync(PrepareRequest request);

    Task<AcceptReply> AcceptAsync(AcceptRequest request);

    Task<ReadReply> ReadAsync(ReadRequest request);

    Task<HistoryReply> HistoryAsync(HistoryRequest request);

    Task<ListReply> ListAsync(ListRequest request);

    Task<FeedReply> FeedAsync(FeedRequest request);

    Task<CoverReply> CoverAsync(CoverRequest request);

    Task<WatermarksReply> WatermarksAsync(WatermarksRequest request);

    Task<WatermarksReply> RaiseAsync(RaiseRequest request);

    Task<IntroduceReply> IntroduceAsync(IntroduceRequest request);

    Task<EnrollReply> EnrollAsync(EnrollRequest request);

    Task<AcceptorSet> FollowAsync(AcceptorSet set);

    Task NoteMissedAsync();

    Task<AcceptorStatus> StatusAsync();
}
