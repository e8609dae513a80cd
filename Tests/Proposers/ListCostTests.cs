using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.Client.Fakes;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Proposers;

/// <summary>What a list costs where acceptors are far apart, by a clock that moves only while messages are under way.</summary>
public sealed class ListCostTests
{
    /// <summary>There and back.</summary>
    private static readonly TimeSpan[] RoundTrips = [.. new[] { 20, 40, 60 }.Select(each => TimeSpan.FromMilliseconds(each))];

    private static readonly TimeSpan Slowest = RoundTrips[^1];

    /// <summary>When a client with the default options gives up.</summary>
    private static readonly TimeSpan ClientPatience = new PaxosClientOptions().RequestTimeout;

    [Theory]
    [InlineData(10, false, 8), InlineData(1000, false, 8), InlineData(10, true, 8), InlineData(1000, true, 24)]
    public void APageOfNamesWrittenOnce_TakesFewRoundTrips(int names, bool oneSiloGone, int mostRoundTrips) => ClientWorld.Run(async world =>
    {
        var cluster = new DistantCluster(world.Time);
        await cluster.WriteOnceAsync(names);
        cluster.Acceptors[0].Down = oneSiloGone;

        var started = world.Time.Now;
        var page = await cluster.Front.ListAsync("", "", names);

        Assert.Equal((names, false), (page.Names.Length, page.More));
        Assert.InRange(world.Time.Now - started, TimeSpan.FromTicks(1), mostRoundTrips * Slowest);
    });

    [Fact]
    public void APageRightAfterASiloWasKilledOnABusyMachine_FindsEveryName() => ClientWorld.Run(async world =>
    {
        var cluster = new DistantCluster(world.Time);
        await cluster.WriteOnceAsync(2000);
        cluster.Acceptors[0].Down = true;
        foreach (var acceptor in cluster.Acceptors)
            acceptor.WorkForAQuestion = TimeSpan.FromMilliseconds(1.3); // more than AcceptorTimeout for a page

        var started = world.Time.Now;
        var page = await cluster.Front.ListAsync("", "", 1000);

        Assert.Equal((1000, true), (page.Names.Length, page.More));
        Assert.InRange(world.Time.Now - started, TimeSpan.FromTicks(1), ClientPatience);
    });

    [Fact]
    public void RegistersThatNoMajorityAnswersForAtFirst_DoNotFailThePage() => ClientWorld.Run(async world =>
    {
        var cluster = new DistantCluster(world.Time);
        await cluster.WriteOnceAsync(100);
        cluster.Acceptors[0].Down = true;
        cluster.PromiseNothingFor(name => name.EndsWith('7'));

        var page = cluster.Front.ListAsync("", "", 100);
        await world.Sleep(4000); // the first repairs have failed by then
        Assert.False(page.IsCompleted);
        cluster.PromiseNothingFor(name => false);

        Assert.Equal((100, false), ((await page).Names.Length, (await page).More));
        Assert.InRange(world.Time.Now, TimeSpan.FromTicks(1), ClientPatience);
    });

    [Fact]
    public void RegisterThatNoMajorityAnswersFor_MakesThePageUnavailableBeforeTheClientGivesUp() => ClientWorld.Run(async world =>
    {
        var cluster = new DistantCluster(world.Time);
        await cluster.WriteOnceAsync(100);
        cluster.Acceptors[0].Down = true;
        cluster.PromiseNothingFor(name => name == "app/0007");

        var started = world.Time.Now;
        await Assert.ThrowsAsync<QuorumUnavailableException>(() => cluster.Front.ListAsync("", "", 100));

        Assert.InRange(world.Time.Now - started, TimeSpan.FromTicks(1), ClientPatience);
    });

    [Theory, InlineData(10), InlineData(1000)]
    public void APageOfValues_TakesAsManyRoundTripsForAThousandAsForTen(int names) => ClientWorld.Run(async world =>
    {
        var cluster = new DistantCluster(world.Time);
        await cluster.WriteOnceAsync(names);

        var started = world.Time.Now;
        var page = await cluster.Front.ListEntriesAsync("", "", names);

        Assert.Equal((names, false), (page.Entries.Length, page.More));
        Assert.InRange(world.Time.Now - started, TimeSpan.FromTicks(1), 4 * Slowest);
    });

    /// <summary>Three acceptors, each at a distance of its own, and a silo's proposer that asks them as it does in production: in batches.</summary>
    private sealed class DistantCluster
    {
        private readonly PaxosOptions _options = new() { Acceptors = ["a1", "a2", "a3"] };

        public DistantCluster(TimeProvider time)
        {
            var set = new AcceptorSet(_options.Acceptors, _options.Epoch);
            AcceptorPeers Peers() => new(
                set, name => new RemoteAcceptor(Acceptors[set.Names.IndexOf(name)], time), _options.AcceptorTimeout, time);
            Acceptors = [.. set.Names.Zip(RoundTrips, (name, distance) => new DistantAcceptor(name, distance, time, _options))];
            foreach (var acceptor in Acceptors)
                acceptor.Connect(Peers());
            var peers = Peers();
            var proposer = new Proposer(peers, new BallotSource(UniqueId.New), _options, new Random(1), NullLogger<Proposer>.Instance);
            Front = new ProposerFront("s", proposer, peers, (_, _) => Task.CompletedTask, _options);
        }

        public DistantAcceptor[] Acceptors { get; private set; }

        public ProposerFront Front { get; }

        /// <summary>Makes prepares of some registers fail at every acceptor.</summary>
        public void PromiseNothingFor(Func<string, bool> isRefused)
        {
            foreach (var acceptor in Acceptors)
                acceptor.PromisesNothingFor = isRefused;
        }

        /// <summary>Writes registers, each in its initial round.</summary>
        public async Task WriteOnceAsync(int names)
        {
            foreach (var acceptor in Acceptors)
                await acceptor.StatusAsync();
            await WriteAsync("first", "an acceptor that has never answered is not asked for an initial round");
            await Front.ChangeAsync("first", Requests.New(Change.Delete(), floor: 1));
            await Task.WhenAll(Enumerable.Range(0, names).Select(number => WriteAsync($"app/{number:0000}", "1")));
        }

        private async Task WriteAsync(string name, string value) =>
            Assert.Equal(ChangeStatus.Applied, (await Front.ChangeAsync(name, Requests.Set(value))).Status);
    }

    private sealed class DistantAcceptor(string name, TimeSpan roundTrip, TimeProvider time, PaxosOptions options) : IAcceptorGrain
    {
        private Acceptor? _acceptor;
        private DateTimeOffset _busyUntil;

        public bool Down { get; set; }

        public Func<string, bool> PromisesNothingFor { get; set; } = _ => false;

        /// <summary>How long each question keeps the acceptor from the next one.</summary>
        public TimeSpan WorkForAQuestion { get; set; }

        public void Connect(AcceptorPeers peers) => _acceptor = new Acceptor(
            new AcceptorStorage(new MemoryStorage { WritesInOneCommit = true }, name, UniqueId.New), peers, options, static _ => Task.CompletedTask, new MissedWrites(time), NullLogger<Acceptor>.Instance);

        public Task<Batch<PrepareReply?>> PrepareAsync(Batch<PrepareRequest> requests) =>
            CarryAsync(acceptor => PrepareAsync(acceptor, requests), requests.Items.Length);

        public Task<Batch<AcceptReply?>> AcceptAsync(Batch<AcceptRequest> requests) =>
            CarryAsync(acceptor => acceptor.AcceptAsync(requests, acceptor.Report), requests.Items.Length);

        public Task<Batch<ReadReply?>> ReadAsync(Batch<ReadRequest> requests) =>
            CarryAsync(acceptor => acceptor.ReadAsync(requests, acceptor.Report), requests.Items.Length);

        public Task<HistoryReply> HistoryAsync(HistoryRequest request) => CarryAsync(acceptor => acceptor.HistoryAsync(request));

        public Task<ListReply> ListAsync(ListRequest request) => CarryAsync(acceptor => acceptor.ListAsync(request));

        public Task<FeedReply> FeedAsync(FeedRequest request) => CarryAsync(acceptor => acceptor.FeedAsync(request));

        public Task<CoverReply> CoverAsync(CoverRequest request) => CarryAsync(acceptor => acceptor.CoverAsync(request));

        public Task<WatermarksReply> WatermarksAsync(WatermarksRequest request) => CarryAsync(acceptor => acceptor.WatermarksAsync(request));

        public Task<WatermarksReply> RaiseAsync(RaiseRequest request) => CarryAsync(acceptor => acceptor.RaiseAsync(request));

        public Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => CarryAsync(acceptor => acceptor.IntroduceAsync(request));

        public Task<EnrollReply> EnrollAsync(EnrollRequest request) => CarryAsync(acceptor => acceptor.EnrollAsync(request));

        public Task<AcceptorSet> FollowAsync(AcceptorSet set) => CarryAsync(acceptor => acceptor.FollowAsync(set));

        public Task NoteMissedAsync() => Task.CompletedTask;

        public Task<AcceptorStatus> StatusAsync() => CarryAsync(acceptor => acceptor.StatusAsync(name));

        private async Task<Batch<PrepareReply?>> PrepareAsync(Acceptor acceptor, Batch<PrepareRequest> requests)
        {
            var replies = await acceptor.PrepareAsync(new Batch<PrepareRequest>([.. requests.Items.Where(request => !PromisesNothingFor(request.Register))]), acceptor.Report);
            var next = 0;
            return new([.. requests.Items.Select(request => PromisesNothingFor(request.Register) ? null : replies.Items[next++])]);
        }

        private async Task<TReply> CarryAsync<TReply>(Func<Acceptor, Task<TReply>> call, int questions = 1)
        {
            await Task.Delay(roundTrip / 2, time);
            if (Down)
                throw new SiloUnavailableException($"Silo '{name}' is gone.");
            await WorkAsync(questions * WorkForAQuestion);
            var reply = await call(_acceptor!);
            await Task.Delay(roundTrip / 2, time);
            return reply;
        }

        private Task WorkAsync(TimeSpan work)
        {
            var now = time.GetUtcNow();
            _busyUntil = (_busyUntil > now ? _busyUntil : now) + work;
            return Task.Delay(_busyUntil - now, time);
        }
    }
}
