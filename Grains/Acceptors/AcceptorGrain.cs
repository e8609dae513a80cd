using Orleans.GrainDirectory;
using Orleans.Placement;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// The acceptor of a silo. Messages for many registers interleave, so that their writes share a commit. Each register has one write in
/// flight.
/// </summary>
[Concurrency.Reentrant, PinnedPlacement, Immovable, KeepAlive, GrainDirectory(PinnedGrainDirectory.Name)]
internal sealed class AcceptorGrain(AcceptorFactory factory, AcceptorPeers peers, ILocalSiloDetails silo) : Grain, IAcceptorGrain
{
    private Acceptor? _acceptor;

    private Acceptor Acceptor => _acceptor ?? throw new InvalidOperationException(NoStorage);

    private string NoStorage => $"Silo '{silo.Name}' has no storage for an acceptor: give it a storage provider with the name '{PaxosStorage.ProviderName}'.";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var name = this.GetPrimaryKeyString();
        if (name != silo.Name)
            throw new InvalidOperationException($"Acceptor '{name}' was placed on silo '{silo.Name}'. It must run on the silo of its own name, which has its storage.");
        _acceptor = factory.Create(name);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _acceptor?.Stop();
        return Task.CompletedTask;
    }

    public Task<Batch<PrepareReply?>> PrepareAsync(Batch<PrepareRequest> requests) => Acceptor.PrepareAsync(requests, Acceptor.Report);

    public Task<Batch<AcceptReply?>> AcceptAsync(Batch<AcceptRequest> requests) => Acceptor.AcceptAsync(requests, Acceptor.Report);

    public Task<Batch<ReadReply?>> ReadAsync(Batch<ReadRequest> requests) => Acceptor.ReadAsync(requests, Acceptor.Report);

    public Task<HistoryReply> HistoryAsync(HistoryRequest request) => Acceptor.HistoryAsync(request);

    public Task<ListReply> ListAsync(ListRequest request) => Acceptor.ListAsync(request);

    public Task<FeedReply> FeedAsync(FeedRequest request) => Acceptor.FeedAsync(request);

    public Task<CoverReply> CoverAsync(CoverRequest request) => Acceptor.CoverAsync(request);

    public Task<WatermarksReply> WatermarksAsync(WatermarksRequest request) => Acceptor.WatermarksAsync(request);

    public Task<WatermarksReply> RaiseAsync(RaiseRequest request) => Acceptor.RaiseAsync(request);

    public Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => Acceptor.IntroduceAsync(request);

    public Task<EnrollReply> EnrollAsync(EnrollRequest request) =>
        _acceptor?.EnrollAsync(request) ?? Task.FromResult(new EnrollReply(Guid.Empty, NoStorage));

    public Task<AcceptorSet> FollowAsync(AcceptorSet set)
    {
        if (_acceptor is not null)
            return _acceptor.FollowAsync(set);
        peers.Learn(set);
        return Task.FromResult(peers.Current.Set);
    }

    public Task NoteMissedAsync()
    {
        Acceptor.NoteMissed();
        return Task.CompletedTask;
    }

    public Task<AcceptorStatus> StatusAsync() => Acceptor.StatusAsync(silo.Name);
}
