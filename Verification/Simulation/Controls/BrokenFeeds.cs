using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Verification.Simulation.Cluster;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>Feeds leave out an item now and then: the last of a part.</summary>
internal sealed class FeedsSkip : Parts
{
    public override bool WatchesPrefixes => true;

    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => new Skipping(reach(acceptor));

    private sealed class Skipping(IAcceptor inner) : AcceptorDecorator(inner)
    {
        private static readonly FeedItem Nothing = new("", Ballot.None, 0);

        public override async Task<FeedReply> FeedAsync(FeedRequest request)
        {
            var reply = await base.FeedAsync(request);
            return reply.Through % 4 == 0 && !reply.Items.IsEmpty ? reply with { Items = reply.Items.SetItem(reply.Items.Length - 1, Nothing) } : reply;
        }
    }
}

/// <summary>One feed is enough: the first acceptor's stands for every other.</summary>
internal sealed class FeedOfOne : Parts
{
    public override bool WatchesPrefixes => true;

    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => new Redirected(reach(acceptor), reach("a1"));

    private sealed class Redirected(IAcceptor inner, IAcceptor one) : AcceptorDecorator(inner)
    {
        public override Task<FeedReply> FeedAsync(FeedRequest request) => one.FeedAsync(request);
    }
}

/// <summary>Three times of four, a feed says that it has nothing new, whether it has or not.</summary>
internal sealed class FeedsEndEarly : Parts
{
    public override bool WatchesPrefixes => true;

    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => new Early(reach(acceptor));

    private sealed class Early(IAcceptor inner) : AcceptorDecorator(inner)
    {
        private int _asked;

        public override async Task<FeedReply> FeedAsync(FeedRequest request)
        {
            var reply = await base.FeedAsync(request);
            return reply.HasGap || _asked++ % 4 == 0 ? reply : reply with { Items = [], Through = request.After, IsEnd = true };
        }
    }
}

/// <summary>A gap in a feed is not told. There are many, because feeds keep little.</summary>
internal sealed class GapsSwallowed : Parts
{
    public override bool WatchesPrefixes => true;

    public override int FeedItems => 2;

    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => new Silent(reach(acceptor));

    private sealed class Silent(IAcceptor inner) : AcceptorDecorator(inner)
    {
        private Guid _told;
        private Guid _real;
        private long _shift;

        public override async Task<FeedReply> FeedAsync(FeedRequest request)
        {
            if (request.Feed == Guid.Empty || request.Feed != _told)
            {
                var joined = await base.FeedAsync(request);
                if (request.Feed == Guid.Empty)
                    (_told, _real, _shift) = (joined.Feed, joined.Feed, 0);
                return joined;
            }

            var reply = await base.FeedAsync(request with { Feed = _real, After = request.After + _shift });
            if (reply.HasGap)
                (_real, _shift) = (reply.Feed, reply.Through - request.After);
            return reply with { Feed = _told, Through = reply.Through - _shift, HasGap = false };
        }
    }
}

/// <summary>A watch that begins again does not say so. It often does, because feeds keep little.</summary>
internal sealed class ResyncSwallowed : Parts
{
    public override bool WatchesPrefixes => true;

    public override int FeedItems => 2;

    public override PrefixBatch Telling(string cursor, PrefixBatch batch) => cursor.Length > 0 ? batch with { Begins = false } : batch;
}
