using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Tests.World;

/// <summary>An acceptor that is called directly, with message faults that a test sets.</summary>
internal sealed class AcceptorNode(string name, MemoryStorage storage, PaxosOptions options) : IAcceptor
{
    private readonly TurnScheduler _scheduler = new();
    private Acceptor? _acceptor;
    private AcceptorPeers? _peers;
    private int _requests;
    private int _toldOfMisses;
    private int _inFlight;

    public string Name => name;

    public MemoryStorage Storage => storage;

    /// <summary>Whether calls fail at once.</summary>
    public bool Down { get; set; }

    /// <summary>Sees each request before the acceptor does. It may wait (a slow network) or throw (a lost message).</summary>
    public Func<object, Task>? OnRequest { get; set; }

    /// <summary>Sees each reply before the caller does.</summary>
    public Func<object, Task>? OnReply { get; set; }

    public int Requests => _requests;

    /// <summary>The number of calls that have not been answered yet.</summary>
    public int InFlight => _inFlight;

    public void Connect(AcceptorPeers peers)
    {
        _peers = peers;
        Restart();
    }

    /// <summary>Restarts the acceptor with the content of its storage.</summary>
    public void Restart()
    {
        _acceptor?.Stop();
        _acceptor = NewActivation();
    }

    /// <summary>Creates another activation of the same acceptor with the same storage.</summary>
    public Acceptor NewActivation() =>
        new(new AcceptorStorage(storage, name, UniqueId.New), _peers!, options, register => End(register), new MissedWrites(_peers!.Clock), NullLogger<Acceptor>.Instance);

    /// <summary>Ends a register that is deleted, at every acceptor.</summary>
    public Func<string, Task> End { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Takes the next step for the deleted registers.</summary>
    public Task<string?> ForgetAsync() => _scheduler.RunAsync(() => _acceptor!.ForgetPageAsync(""));

    public Task<PrepareReply> PrepareAsync(PrepareRequest request) => PassAsync(request, acceptor => acceptor.PrepareAsync(request));

    public Task<AcceptReply> AcceptAsync(AcceptRequest request) => PassAsync(request, acceptor => acceptor.AcceptAsync(request));

    public Task<ReadReply> ReadAsync(ReadRequest request) => PassAsync(request, acceptor => acceptor.ReadAsync(request));

    public Task<HistoryReply> HistoryAsync(HistoryRequest request) => PassAsync(request, acceptor => acceptor.HistoryAsync(request));

    public Task<ListReply> ListAsync(ListRequest request) => PassAsync(request, acceptor => acceptor.ListAsync(request));

    public Task<FeedReply> FeedAsync(FeedRequest request) => PassAsync(request, acceptor => acceptor.FeedAsync(request));

    public Task<CoverReply> CoverAsync(CoverRequest request) => PassAsync(request, acceptor => acceptor.CoverAsync(request));

    public Task<WatermarksReply> WatermarksAsync(WatermarksRequest request) => PassAsync(request, acceptor => acceptor.WatermarksAsync(request));

    public Task<WatermarksReply> RaiseAsync(RaiseRequest request) => PassAsync(request, acceptor => acceptor.RaiseAsync(request));

    public Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => PassAsync(request, acceptor => acceptor.IntroduceAsync(request));

    public Task<EnrollReply> EnrollAsync(EnrollRequest request) => PassAsync(request, acceptor => acceptor.EnrollAsync(request));

    public Task<AcceptorSet> FollowAsync(AcceptorSet set) => PassAsync(set, acceptor => acceptor.FollowAsync(set));

    /// <summary>How often it was told that it has missed messages.</summary>
    public int ToldOfMisses => _toldOfMisses;

    public Task NoteMissedAsync()
    {
        if (Down)
            throw new SiloUnavailableException($"Silo '{name}' is not there.");
        Interlocked.Increment(ref _toldOfMisses);
        return Task.CompletedTask;
    }

    public Task<AcceptorStatus> StatusAsync() => PassAsync("status", acceptor => acceptor.StatusAsync(name));

    private async Task<TReply> PassAsync<TReply>(object request, Func<Acceptor, Task<TReply>> call)
        where TReply : class
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Increment(ref _inFlight);
        try
        {
            await Task.Yield();
            if (OnRequest is { } onRequest)
                await onRequest(request);
            if (Down)
                throw new SiloUnavailableException($"Silo '{name}' is not there.");
            var reply = await _scheduler.RunAsync(() => call(_acceptor!));
            if (OnReply is { } onReply)
                await onReply(reply);
            return reply;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
