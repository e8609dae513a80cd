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

    [Theory]
    [InlineData(10, false), InlineData(1000, false), InlineData(10, true), InlineData(1000, true)]
    public void APageOfNamesWrittenOnce_TakesAsManyRoundTripsForAThousandAsForTen(int names, bool oneSiloGone) => ClientWorld.Run(async world =>
    {
        var cluster = new DistantCluster(world.Time);
        await cluster.WriteOnceAsync(names);
        cluster.Acceptors[0].Down = oneSiloGone;

        var started = world.Time.Now;
        var page = await cluster.Front.ListAsync("", "", names);

        Assert.Equal((names, false), (page.Names.Length, page.More));
        Assert.InRange(world.Time.Now - started, TimeSpan.FromTicks(1), 8 * Slowest);
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

        public bool Down { get; set; }

        public void Connect(AcceptorPeers peers) => _acceptor = new Acceptor(
            new AcceptorStorage(new MemoryStorage { WritesInOneCommit = true }, name, UniqueId.New), peers, options, NullLogger<Acceptor>.Instance);

        public Task<Batch<PrepareReply?>> PrepareAsync(Batch<PrepareRequest> requests) =>
            CarryAsync(acceptor => requests.AnswerAsync(acceptor.PrepareAsync, acceptor.Report));

        public Task<Batch<AcceptReply?>> AcceptAsync(Batch<AcceptRequest> requests) =>
            CarryAsync(acceptor => requests.AnswerAsync(acceptor.AcceptAsync, acceptor.Report));

        public Task<Batch<ReadReply?>> ReadAsync(Batch<ReadRequest> requests) =>
            CarryAsync(acceptor => requests.AnswerAsync(acceptor.ReadAsync, acceptor.Report));

        public Task<HistoryReply> HistoryAsync(HistoryRequest request) => CarryAsync(acceptor => acceptor.HistoryAsync(request));

        public Task<ListReply> ListAsync(ListRequest request) => CarryAsync(acceptor => acceptor.ListAsync(request));

        public Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => CarryAsync(acceptor => acceptor.IntroduceAsync(request));

        public Task<AcceptorStatus> StatusAsync() => CarryAsync(acceptor => acceptor.StatusAsync(name));

        private async Task<TReply> CarryAsync<TReply>(Func<Acceptor, Task<TReply>> call)
        {
            await Task.Delay(roundTrip / 2, time);
            if (Down)
                throw new SiloUnavailableException($"Silo '{name}' is gone.");
            var reply = await call(_acceptor!);
            await Task.Delay(roundTrip / 2, time);
            return reply;
        }
    }
}
