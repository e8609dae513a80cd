using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Watching;

/// <summary>The prefixes that are watched on a silo.</summary>
internal sealed class Coverages(PeerSet peers, FeedMerge merge, Teller teller, EventLog log, PaxosOptions options)
{
    /// <summary>How much longer than for a majority to wait for the other feeds.</summary>
    public static readonly TimeSpan GraceForOthers = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan WatchersMayReturn = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromMilliseconds(10);

    private const int MostNamesInPage = 1000;

    private readonly Dictionary<string, Coverage> _byPrefix = [];

    /// <summary>Whether a register is below a prefix that is watched.</summary>
    public bool IsWatched(string register)
    {
        foreach (var prefix in _byPrefix.Keys)
        {
            if (RegisterName.IsBelow(register, prefix))
                return true;
        }

        return false;
    }

    /// <summary>Forgets the prefixes that nobody has asked for in a while, and returns whether there are others.</summary>
    public bool AnyWatched()
    {
        var left = _byPrefix.Values.Where(each => peers.Clock.GetElapsedTime(each.WantedAt) > WatchersMayReturn).ToList();
        foreach (var coverage in left)
            _byPrefix.Remove(coverage.Prefix);
        if (left.Count > 0)
            teller.ForgetAllBut(IsWatched);
        return _byPrefix.Count > 0;
    }

    /// <summary>Notes that a prefix is watched.</summary>
    public Coverage Want(string prefix)
    {
        if (!_byPrefix.TryGetValue(prefix, out var coverage))
            _byPrefix.Add(prefix, coverage = new Coverage(prefix, peers.All.Count));
        coverage.WantedAt = peers.Clock.GetTimestamp();
        return coverage;
    }

    /// <summary>Waits until a prefix is covered.</summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task CoverAsync(Coverage coverage)
    {
        while (!peers.Voters.IsMajority(MaskOf(Counting(coverage))))
            await ListOnceAsync(coverage, GraceForOthers);
        coverage.ToldSince ??= log.BeginAnew();
        if (Counting(coverage).Count() < merge.Followed.Count())
            ListOnceAsync(coverage, options.AcceptorTimeout).Abandon();
    }

    /// <summary>Of marks that were taken at a position in the log, keeps those from which a watcher of a prefix can go on.</summary>
    public ImmutableArray<FeedMark> Usable(Coverage coverage, ImmutableArray<FeedMark> marks, long at) =>
        [.. marks.Select((mark, acceptor) => coverage.Had(acceptor, merge.JoinOf(acceptor), at) ? mark : default)];

    private IEnumerable<int> Counting(Coverage coverage) =>
        merge.Followed.Where(acceptor => coverage.Has(acceptor, merge.JoinOf(acceptor)));

    private static ulong MaskOf(IEnumerable<int> acceptors) => acceptors.Aggregate(0UL, static (mask, acceptor) => mask | (1UL << acceptor));

    private Task ListOnceAsync(Coverage coverage, TimeSpan grace) => coverage.Listing ??= ListAsync(coverage, grace);

    /// <summary>Lists the names below a prefix at every acceptor whose feed is followed, and closes what differs.</summary>
    private async Task ListAsync(Coverage coverage, TimeSpan grace)
    {
        try
        {
            await MostFollowedAsync();
            var asked = merge.Followed.Select(acceptor => (Acceptor: acceptor, Join: merge.JoinOf(acceptor))).ToList();
            var unlisted = teller.Known.Where(register => RegisterName.IsBelow(register, coverage.Prefix)).ToHashSet();
            for (string? covered = ""; covered is not null;)
            {
                var request = new ListRequest(peers.Id, coverage.Prefix, covered, MostNamesInPage);
                List<Task<Vote<ListReply>?>> questions = [.. asked.Select(each => PageAsync(each.Acceptor, request))];
                var pages = await MostAnswers.OfAsync(questions, pages => peers.Voters.IsMajority(MaskOf(asked.Where((_, index) => (pages & (1UL << index)) != 0).Select(static each => each.Acceptor))), grace, peers.Clock);
                asked = [.. asked.Where((_, index) => pages[index] is not null)];
                var merged = MergedNames.Of(peers, EnsureMajority(pages.OfType<Vote<ListReply>>()));
                await foreach (var _ in SideBySide.SelectAsync(merged.Registers.Where(register => RegisterName.IsBelow(register.Name, coverage.Prefix)), static register => !register.IsDecided, CloseAsync))
                    continue;
                unlisted.ExceptWith(merged.Registers.Select(static register => register.Name));
                covered = merged.CoveredUpTo;
            }

            foreach (var register in unlisted)
                await teller.TellForgottenAsync(register);

            foreach (var (acceptor, join) in asked)
                coverage.List(acceptor, join, log.End);
        }
        finally
        {
            coverage.Listing = null;
        }
    }

    private async Task<Vote<ListReply>?> PageAsync(int acceptor, ListRequest request)
    {
        return await peers.All[acceptor].TryAskAsync(each => each.ListAsync(request)) is { } page ? new Vote<ListReply>(acceptor, page) : null;
    }

    private IReadOnlyList<Vote<ListReply>> EnsureMajority(IEnumerable<Vote<ListReply>> pages)
    {
        var votes = pages.ToList();
        return peers.Voters.IsMajority(Voters.MaskOf(votes, static _ => true))
            ? votes
            : throw new QuorumUnavailableException([.. votes.Select(vote => peers.All[vote.Acceptor].Name)], peers.Set.Majority);
    }

    /// <summary>Closes what acceptors hold of a register, unless its chosen state is known to be the newest and nobody missed it.</summary>
    private async Task<bool> CloseAsync(ListedRegister register)
    {
        if (register.Agreed is not { } agreed || register.Highest > agreed)
            await teller.CloseAsync(register.Name, register.Highest);
        else if (!IsTold(register.Name))
            teller.BeginAfter(register.Name, agreed, register.Version);
        else if (!teller.HasTold(register.Name, agreed))
            await teller.CloseAsync(register.Name, agreed);
        return true;
    }

    /// <summary>Whether every version of a register is told.</summary>
    private bool IsTold(string register) =>
        teller.Knows(register) || _byPrefix.Values.Any(each => each.ToldSince is not null && RegisterName.IsBelow(register, each.Prefix));

    /// <summary>Waits until the feeds of a majority are followed, and a little longer for the others.</summary>
    private async Task MostFollowedAsync()
    {
        var startedAt = peers.Clock.GetTimestamp();
        while (true)
        {
            var followed = merge.Followed.ToList();
            var waited = peers.Clock.GetElapsedTime(startedAt);
            if (followed.Count == peers.All.Count || (peers.Voters.IsMajority(MaskOf(followed)) && waited >= GraceForOthers))
                return;
            if (waited > options.ProposalTimeout)
                throw new QuorumUnavailableException([.. followed.Select(acceptor => peers.All[acceptor].Name)], peers.Set.Majority);
            await Task.Delay(PauseBetweenLooks, peers.Clock);
        }
    }
}
