using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Verification.Simulation.Faults;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>An acceptor as it appears to another machine.</summary>
internal sealed class AcceptorReference(SimulatedCluster cluster, Machine from, string acceptor) : IAcceptorGrain
{
    public Task<Batch<PrepareReply?>> PrepareAsync(Batch<PrepareRequest> requests) =>
        VoteAsync(requests, request => (request.Register, request.Set), to => to.PrepareAsync(requests, Threw));

    public Task<Batch<AcceptReply?>> AcceptAsync(Batch<AcceptRequest> requests) =>
        VoteAsync(requests, request => (request.Register, request.Set), to => to.AcceptAsync(requests, Threw));

    public Task<Batch<ReadReply?>> ReadAsync(Batch<ReadRequest> requests) =>
        VoteAsync(requests, request => (request.Register, request.Set), to => to.ReadAsync(requests, Threw));

    public Task<HistoryReply> HistoryAsync(HistoryRequest request) => CallAsync(request, to => to.HistoryAsync(request));

    public Task<ListReply> ListAsync(ListRequest request) => CallAsync(request, to => to.ListAsync(request));

    public Task<FeedReply> FeedAsync(FeedRequest request) => CallAsync(request, to => to.FeedAsync(request));

    public Task<CoverReply> CoverAsync(CoverRequest request) => CallAsync(request, to => to.CoverAsync(request));

    public Task<WatermarksReply> WatermarksAsync(WatermarksRequest request) => CallAsync(request, to => to.WatermarksAsync(request));

    public Task<WatermarksReply> RaiseAsync(RaiseRequest request) => CallAsync(request, to => to.RaiseAsync(request));

    public Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => CallAsync(request, to => to.IntroduceAsync(request));

    public Task<EnrollReply> EnrollAsync(EnrollRequest request) => CallAsync(request, to => to.EnrollAsync(request));

    public Task<AcceptorSet> FollowAsync(AcceptorSet set) => CallAsync(set, to => to.FollowAsync(set));

    public Task NoteMissedAsync() => CallAsync("missed messages", to =>
    {
        to.NoteMissed();
        return Task.FromResult(true);
    });

    public Task<AcceptorStatus> StatusAsync() => CallAsync("status", to => to.StatusAsync(acceptor));

    private void Threw(Exception failure) => cluster.Monitor.Threw(acceptor, failure);

    private Task<TReply> CallAsync<TReply>(object message, Func<Acceptor, Task<TReply>> call) =>
        cluster.Network.CallAsync(from, acceptor, () => cluster.Silo(acceptor).FindAcceptor(), call, message, FaultKind.MessageDuplicated);

    /// <summary>Makes a call whose request and answer pass through the monitor.</summary>
    private Task<Batch<TReply?>> VoteAsync<TRequest, TReply>(
        Batch<TRequest> requests, Func<TRequest, (string Register, AcceptorSetId Set)> of, Func<Acceptor, Task<Batch<TReply?>>> call)
        where TRequest : class
        where TReply : class
    {
        var foreign = cluster.ForeignSet.Id;
        foreach (var request in requests.Items.Where(IsOwn))
            cluster.Monitor.Sent(of(request).Register, request);
        return cluster.Network.CallAsync(from, acceptor, () => cluster.Silo(acceptor).FindAcceptor(), call, requests, FaultKind.MessageDuplicated, replies =>
        {
            foreach (var (request, reply) in requests.Items.Zip(replies.Items))
            {
                if (reply is not null)
                    Answered(request, reply);
            }
        });

        bool IsOwn(TRequest request) => of(request).Set != foreign;

        void Answered(TRequest request, TReply reply)
        {
            if (IsOwn(request))
                cluster.Monitor.Answered(acceptor, of(request).Register, request, reply);
            else
                cluster.Monitor.AnsweredForeign(acceptor, of(request).Register);
        }
    }
}
