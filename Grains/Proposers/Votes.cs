using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Proposers;

/// <summary>One acceptor's answer.</summary>
/// <typeparam name="TReply">The answer's type.</typeparam>
/// <param name="Acceptor">The acceptor that answered.</param>
/// <param name="Reply">Its answer.</param>
internal readonly record struct Vote<TReply>(AcceptorPeer Acceptor, TReply Reply);

/// <summary>Tells which acceptors answered in one round of messages.</summary>
internal interface IVotes
{
    /// <summary>The names of the acceptors that answered, in the order of their answers.</summary>
    ImmutableArray<string> Answered { get; }
}

/// <summary>The answers of one round of messages.</summary>
/// <typeparam name="TReply">The answers' type.</typeparam>
internal sealed class Votes<TReply>(int acceptors, IReadOnlyList<AcceptorPeer> asked) : IVotes
{
    private readonly List<Vote<TReply>> _received = new(asked.Count);
    private readonly List<AcceptorPeer> _out = [.. asked];
    private AcceptorSetMismatchException? _mismatch;

    /// <summary>The answers, in the order in which they arrived.</summary>
    public IReadOnlyList<Vote<TReply>> Received => _received;

    /// <summary>Whether every acceptor that was asked has answered or failed.</summary>
    public bool AllIn => _out.Count == 0;

    /// <inheritdoc/>
    public ImmutableArray<string> Answered => [.. _received.Select(vote => vote.Acceptor.Name)];

    /// <summary>Whether enough answers are a yes. An acceptor that was not asked counts as a no.</summary>
    public bool IsWon(int needed, Func<TReply, bool> yes) => CountOf(yes) >= needed;

    /// <summary>Whether a majority has answered and only silent acceptors are missing, so that there is nothing to wait for.</summary>
    public bool OnlySilentAreOut => _received.Count > acceptors / 2 && !_out.Exists(static acceptor => acceptor.IsPrompt);

    /// <summary>
    /// Whether the answers decide the vote, or no more will come. Failures alone do not end a round, so that the caller learns which
    /// acceptors answered when too few do.
    /// </summary>
    public bool Decide(int needed, Func<TReply, bool> yes)
    {
        var agreed = CountOf(yes);
        return Tally.Count(acceptors, needed, agreed, _received.Count - agreed) != QuorumVerdict.Pending
            || OnlySilentAreOut;
    }

    public void Add(AcceptorPeer acceptor, TReply reply)
    {
        _out.Remove(acceptor);
        _received.Add(new Vote<TReply>(acceptor, reply));
    }

    public void AddFailure(AcceptorPeer acceptor) => _out.Remove(acceptor);

    public void AddMismatch(AcceptorPeer acceptor, AcceptorSetMismatchException mismatch)
    {
        _mismatch = mismatch;
        AddFailure(acceptor);
    }

    /// <summary>Throws if the round found too few acceptors of the set to decide, and one of another set.</summary>
    /// <exception cref="AcceptorSetMismatchException">The sets differ.</exception>
    public void EnsureSameSet(AcceptorSet set)
    {
        if (_mismatch is not null && _received.Count < set.Majority)
            throw new AcceptorSetMismatchException(_mismatch.Own, set.ToString());
    }

    private int CountOf(Func<TReply, bool> yes)
    {
        var count = 0;
        foreach (var vote in _received)
        {
            if (yes(vote.Reply))
                count++;
        }

        return count;
    }
}
