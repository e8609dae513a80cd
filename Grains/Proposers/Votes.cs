namespace Orleans.Paxos;

/// <summary>One acceptor's answer.</summary>
/// <typeparam name="TReply">The answer's type.</typeparam>
/// <param name="Acceptor">Who answered.</param>
/// <param name="Reply">What it said.</param>
internal readonly record struct Vote<TReply>(AcceptorPeer Acceptor, TReply Reply);

/// <summary>The answers of one round of messages.</summary>
/// <typeparam name="TReply">The answers' type.</typeparam>
internal sealed class Votes<TReply>(int acceptors, IReadOnlyList<AcceptorPeer> asked)
{
    private readonly List<Vote<TReply>> _received = [];
    private readonly List<AcceptorPeer> _out = [.. asked];
    private AcceptorSetMismatchException? _mismatch;

    /// <summary>The answers, in the order in which they came.</summary>
    public IReadOnlyList<Vote<TReply>> Received => _received;

    /// <summary>How many were asked and failed.</summary>
    public int Failed { get; private set; }

    /// <summary>Whether no answer is out any more.</summary>
    public bool AllIn => _out.Count == 0;

    /// <summary>Who answered.</summary>
    public ImmutableArray<string> Answered => [.. _received.Select(vote => vote.Acceptor.Name)];

    /// <summary>Where the vote stands when these answers count as yes; those not asked count as no.</summary>
    public QuorumVerdict Count(Func<TReply, bool> yes)
    {
        var agreed = _received.Count(vote => yes(vote.Reply));
        return Tally.Count(acceptors, agreed, acceptors - asked.Count + Failed + _received.Count - agreed);
    }

    /// <summary>Whether a majority has answered and nobody is out but acceptors that do not answer: there is nothing to wait for.</summary>
    public bool OnlySilentAreOut => _received.Count > acceptors / 2 && !_out.Exists(acceptor => acceptor.IsAnswering);

    /// <summary>Whether the answers decide the vote, or are all that will come. Failures alone do not: who answers is worth knowing when too few do.</summary>
    public bool Decide(Func<TReply, bool> yes)
    {
        var agreed = _received.Count(vote => yes(vote.Reply));
        return Tally.Count(acceptors, agreed, _received.Count - agreed) != QuorumVerdict.Pending
            || OnlySilentAreOut;
    }

    public void Add(AcceptorPeer acceptor, TReply reply)
    {
        _out.Remove(acceptor);
        _received.Add(new Vote<TReply>(acceptor, reply));
    }

    public void AddFailure(AcceptorPeer acceptor)
    {
        _out.Remove(acceptor);
        Failed++;
    }

    public void AddMismatch(AcceptorPeer acceptor, AcceptorSetMismatchException mismatch)
    {
        _mismatch = mismatch;
        AddFailure(acceptor);
    }

    /// <summary>Refuses a round that found too few acceptors of the set to decide, and one of another set.</summary>
    /// <exception cref="AcceptorSetMismatchException">The sets differ.</exception>
    public void EnsureSameSet(AcceptorSet set)
    {
        if (_mismatch is not null && _received.Count < set.Majority)
            throw new AcceptorSetMismatchException(_mismatch.Own, set.ToString());
    }
}
