namespace Orleans.Paxos.Acceptors;

/// <summary>An acceptor as proposers and readers ask it: one question, about one register, at a time.</summary>
/// <remarks>Errors are those of <see cref="IAcceptorGrain"/>.</remarks>
internal interface IAcceptor
{
    Task<PrepareReply> PrepareAsync(PrepareRequest request);

    Task<AcceptReply> AcceptAsync(AcceptRequest request);

    Task<ReadReply> ReadAsync(ReadRequest request);

    Task<HistoryReply> HistoryAsync(HistoryRequest request);

    Task<ListReply> ListAsync(ListRequest request);

    Task<IntroduceReply> IntroduceAsync(IntroduceRequest request);

    Task<AcceptorStatus> StatusAsync();
}
