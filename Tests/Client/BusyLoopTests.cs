using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Registers;
using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

/// <summary>Less than a millisecond is left. Timers count whole milliseconds, so a wait that is rounded to zero must not be repeated in a busy loop.</summary>
public sealed class BusyLoopTests
{
    [Fact]
    public void A_call_whose_next_copy_is_due_within_a_millisecond_waits_for_it() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world, configure: options => (options.HedgeAfter, options.RequestTimeout) = (TimeSpan.FromMilliseconds(20.4), TimeSpan.FromSeconds(1)));
        bench.Cluster.Change = _ => throw new TimeoutException();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = async (_, _) =>
        {
            await world.Sleep(10);
            throw NoOutcome();
        };

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.ChangeAsync(new ChangeOptions(Floor: 1)));

        Assert.InRange(world.Now, 1000, 1001);
    });

    [Fact]
    public void A_watch_whose_time_is_almost_up_does_not_read_until_it_is() => ClientWorld.Run(async world =>
    {
        var options = new PaxosOptions { Acceptors = ["a1"] };
        var acceptor = new EmptyAcceptor();
        var peers = new AcceptorPeers(new AcceptorSet(options.Acceptors), _ => acceptor, options.AcceptorTimeout, world.Time);
        var register = new ConfigRegister("r", _ => throw new NotSupportedException(), peers, options);

        var batch = await register.WatchAsync(after: 0, TimeSpan.FromMilliseconds(1000.4));

        Assert.Empty(batch.Entries);
        Assert.Equal(4, acceptor.Reads); // the first, two refreshes, and one when the last millisecond has begun
    });

    private sealed class EmptyAcceptor : IAcceptor
    {
        public int Reads { get; private set; }

        public Task<ReadReply> ReadAsync(ReadRequest request)
        {
            Reads++;
            return Task.FromResult(new ReadReply(Ballot.None, Ballot.None, null));
        }

        public Task<PrepareReply> PrepareAsync(PrepareRequest request) => throw new NotSupportedException();

        public Task<AcceptReply> AcceptAsync(AcceptRequest request) => throw new NotSupportedException();

        public Task<HistoryReply> HistoryAsync(HistoryRequest request) => throw new NotSupportedException();

        public Task<ListReply> ListAsync(ListRequest request) => throw new NotSupportedException();

        public Task NoteMissedAsync() => throw new NotSupportedException();

        public Task<FeedReply> FeedAsync(FeedRequest request) => throw new NotSupportedException();

        public Task<CoverReply> CoverAsync(CoverRequest request) => throw new NotSupportedException();

        public Task<WatermarksReply> WatermarksAsync(WatermarksRequest request) => throw new NotSupportedException();

        public Task<WatermarksReply> RaiseAsync(RaiseRequest request) => throw new NotSupportedException();

        public Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => throw new NotSupportedException();

        public Task<EnrollReply> EnrollAsync(EnrollRequest request) => throw new NotSupportedException();

        public Task<AcceptorSet> FollowAsync(AcceptorSet set) => throw new NotSupportedException();

        public Task<AcceptorStatus> StatusAsync() => throw new NotSupportedException();
    }
}
