using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Proposers;

/// <summary>Tells which acceptors answered in one round of messages.</summary>
internal interface IVotes
{
    /// <summary>The names of the acceptors that answered, in the order of their answers.</summary>
    ImmutableArray<string> Answered { get; }

    /// <summary>Whether a majority answered.</summary>
    bool MajorityAnswered { get; }
}

/// <summary>The answers of one round of messages.</summary>
/// <typeparam name="TReply">The answers' type.</typeparam>
/// <param name="peers">The acceptors among which majorities are counted.</param>
/// <param name="asked">Those that were asked.</param>
internal sealed class Votes<TReply>(PeerSet peers, IReadOnlyList<AcceptorPeer> asked) : IVotes
{
    private readonly List<Vote<TReply>> _received = new(asked.Count);
    private readonly List<AcceptorPeer> _out = [.. asked];
    private AcceptorSetMismatchException? _mismatch;
    private ulong _answered;

    /// <summary>The answers, in the order in which they arrived.</summary>
    public IReadOnlyList<Vote<TReply>> Received => _received;

    /// <summary>Whether every acceptor that was asked has answered or failed, or one has said that the set was changed.</summary>
    public bool AllIn => _out.Count == 0 || _mismatch?.OwnSet is { } own && own.Succeeds(peers.Id);

    /// <inheritdoc/>
    public ImmutableArray<string> Answered => [.. _received.Select(vote => peers.All[vote.Acceptor].Name)];

    /// <inheritdoc/>
    public bool MajorityAnswered => peers.Voters.IsMajority(_answered);

    /// <summary>Whether the answers that are a yes are enough. An acceptor that was not asked counts as a no.</summary>
    public bool IsWon(Func<ulong, bool> isEnough, Func<TReply, bool> yes) => isEnough(Voters.MaskOf(_received, yes));

    /// <summary>Whether a majority has answered and only silent acceptors are missing, so that there is nothing to wait for.</summary>
    public bool OnlySilentAreOut => MajorityAnswered && !_out.Exists(static acceptor => acceptor.IsPrompt);

    /// <summary>
    /// Whether the answers decide the vote, or no more will come. Failures alone do not end a round, so that the caller learns which
    /// acceptors answered when too few do.
    /// </summary>
    public bool Decide(Func<ulong, bool> isEnough, Func<TReply, bool> yes)
    {
        var agreed = Voters.MaskOf(_received, yes);
        return isEnough(agreed) || !isEnough(~(_answered & ~agreed)) || OnlySilentAreOut;
    }

    public void Add(AcceptorPeer acceptor, TReply reply)
    {
        _out.Remove(acceptor);
        var number = peers.NumberOf(acceptor);
        _answered |= 1UL << number;
        _received.Add(new Vote<TReply>(number, reply));
    }

    public void AddFailure(AcceptorPeer acceptor) => _out.Remove(acceptor);

    public void AddMismatch(AcceptorPeer acceptor, AcceptorSetMismatchException mismatch)
    {
        _mismatch = mismatch;
        AddFailure(acceptor);
    }

    /// <summary>
    /// Throws if the round found too few acceptors of the set to decide, and one of a set that has nothing to do with it. One of an earlier or a
    /// later set is no reason: whoever is behind follows.
    /// </summary>
    /// <exception cref="AcceptorSetMismatchException">The sets differ.</exception>
    public void EnsureSameSet()
    {
        if (_mismatch is not null && !MajorityAnswered && !(_mismatch.OwnSet is { } own && own.IsRelatedTo(peers.Set)))
            throw new AcceptorSetMismatchException(_mismatch.Own, peers.Set.ToString());
    }
}
