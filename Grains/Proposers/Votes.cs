namespace Orleans.Paxos;

/// <summary>One acceptor's answer.</summary>
/// <typeparam name="TReply">The answer's type.</typeparam>
/// <param name="Acceptor">Who answered.</param>
/// <param name="Reply">What it said.</param>
internal readonly record struct Vote<TReply>(AcceptorPeer Acceptor, TReply Reply);

/// <summary>The answers of one round of messages.</summary>
/// <typeparam name="TReply">The answers' type.</typeparam>
internal sealed class Votes<TReply>(int acceptors, int asked)
{
    private readonly List<Vote<TReply>> _received = [];
    private AcceptorSetMismatchException? _mismatch;

    /// <summary>The answers, in the order in which they came.</summary>
    public IReadOnlyList<Vote<TReply>> Received => _received;

    /// <summary>How many were asked and failed.</summary>
    public int Failed { get; private set; }

    /// <summary>Whether no answer is out any more.</summary>
    public bool AllIn => _received.Count + Failed == asked;

    /// <summary>Who answered.</summary>
    public ImmutableArray<string> Answered => [.. _received.Select(vote => vote.Acceptor.Name)];

    /// <summary>Where the vote stands when these answers count as yes; those not asked count as no.</summary>
    public QuorumVerdict Count(Func<TReply, bool> yes)
    {
        var agreed = _received.Count(vote => yes(vote.Reply));
        return Tally.Count(acceptors, agreed, acceptors - asked + Failed + _received.Count - agreed);
    }

    /// <summary>Whether the answers decide the vote. Failures alone do not: who answers is worth knowing when too few do.</summary>
    public bool Decide(Func<TReply, bool> yes)
    {
        var agreed = _received.Count(vote => yes(vote.Reply));
        return Tally.Count(acceptors, agreed, _received.Count - agreed) != QuorumVerdict.Pending;
    }

    public void Add(AcceptorPeer acceptor, TReply reply) => _received.Add(new Vote<TReply>(acceptor, reply));

    public void AddFailure() => Failed++;

    public void AddMismatch(AcceptorSetMismatchException mismatch)
    {
        _mismatch = mismatch;
        Failed++;
    }

    /// <summary>Refuses a round that found too few acceptors of the set to decide, and one of another set.</summary>
    /// <exception cref="AcceptorSetMismatchException">The sets differ.</exception>
    public void EnsureSameSet(AcceptorSet set)
    {
        if (_mismatch is not null && _received.Count < set.Majority)
            throw new AcceptorSetMismatchException(_mismatch.Own, set.ToString());
    }
}
