namespace Orleans.Paxos.Acceptors;

/// <summary>Calls an acceptor's grain. Questions of this silo about different registers share messages.</summary>
internal sealed class RemoteAcceptor(IAcceptorGrain grain, TimeProvider clock) : IAcceptor
{
    private readonly Outbox<PrepareRequest, PrepareReply> _prepares = new(grain.PrepareAsync, static _ => 0, clock);
    private readonly Outbox<AcceptRequest, AcceptReply> _accepts = new(grain.AcceptAsync, ValueBytes, clock);
    private readonly Outbox<ReadRequest, ReadReply> _reads = new(grain.ReadAsync, static _ => 0, clock);

    public Task<PrepareReply> PrepareAsync(PrepareRequest request) => _prepares.AskAsync(request);

    public Task<AcceptReply> AcceptAsync(AcceptRequest request) => _accepts.AskAsync(request);

    public Task<ReadReply> ReadAsync(ReadRequest request) => _reads.AskAsync(request);

    public Task<HistoryReply> HistoryAsync(HistoryRequest request) => grain.HistoryAsync(request);

    public Task<ListReply> ListAsync(ListRequest request) => grain.ListAsync(request);

    public Task<FeedReply> FeedAsync(FeedRequest request) => grain.FeedAsync(request);

    public Task<CoverReply> CoverAsync(CoverRequest request) => grain.CoverAsync(request);

    public Task<WatermarksReply> WatermarksAsync(WatermarksRequest request) => grain.WatermarksAsync(request);

    public Task<WatermarksReply> RaiseAsync(RaiseRequest request) => grain.RaiseAsync(request);

    public Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => grain.IntroduceAsync(request);

    public Task<EnrollReply> EnrollAsync(EnrollRequest request) => grain.EnrollAsync(request);

    public Task<AcceptorSet> FollowAsync(AcceptorSet set) => grain.FollowAsync(set);

    public Task NoteMissedAsync() => grain.NoteMissedAsync();

    public Task<AcceptorStatus> StatusAsync() => grain.StatusAsync();

    private static int ValueBytes(AcceptRequest request)
    {
        var bytes = 0;
        foreach (var entry in request.State.Entries)
            bytes += entry.Value.Length;
        return bytes;
    }
}
