namespace Orleans.Paxos.Verification;

/// <summary>An acceptor as a machine of a silo sees it.</summary>
internal sealed class AcceptorReference(SimulatedCluster cluster, Machine from, string acceptor) : IAcceptorGrain
{
    public Task<PrepareReply> PrepareAsync(PrepareRequest request) => VoteAsync(request.Register, request.Set, request, to => to.PrepareAsync(request));

    public Task<AcceptReply> AcceptAsync(AcceptRequest request) => VoteAsync(request.Register, request.Set, request, to => to.AcceptAsync(request));

    public Task<ReadReply> ReadAsync(ReadRequest request) => VoteAsync(request.Register, request.Set, request, to => to.ReadAsync(request));

    public Task<HistoryReply> HistoryAsync(HistoryRequest request) => CallAsync(request, to => to.HistoryAsync(request));

    public Task<ListReply> ListAsync(ListRequest request) => CallAsync(request, to => to.ListAsync(request));

    public Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => CallAsync(request, to => to.IntroduceAsync(request));

    public Task<AcceptorStatus> StatusAsync() => CallAsync("status", to => to.StatusAsync(acceptor));

    private Task<TReply> CallAsync<TReply>(object message, Func<Acceptor, Task<TReply>> call) =>
        cluster.Network.CallAsync(from, acceptor, () => cluster.Silo(acceptor).FindAcceptor(), call, message);

    /// <summary>A call whose question and answer the monitor sees as they leave.</summary>
    private Task<TReply> VoteAsync<TReply>(string register, AcceptorSetId set, object request, Func<Acceptor, Task<TReply>> call)
        where TReply : class
    {
        var own = set == cluster.Set.Id;
        if (own)
            cluster.Monitor.Sent(register, request);
        return cluster.Network.CallAsync(from, acceptor, () => cluster.Silo(acceptor).FindAcceptor(), call, request, reply =>
        {
            if (own)
                cluster.Monitor.Answered(acceptor, register, request, reply);
            else
                cluster.Monitor.AnsweredForeign(acceptor, register);
        });
    }
}
