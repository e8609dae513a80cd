namespace Orleans.Paxos.Acceptors;

/// <summary>
/// The ends of registers that an activation has forgotten, for the acceptors that ask whether they may forget them, too. After a restart, or if
/// they ask late, it does not know; then the register ends once more.
/// </summary>
internal sealed class ForgottenEnds
{
    private const int Most = 65_536;

    private readonly Dictionary<string, Ballot> _ballots = [];
    private readonly Queue<EndedRegister> _oldestFirst = new();

    /// <summary>How many registers were forgotten.</summary>
    public long Count { get; private set; }

    public void AddRange(IEnumerable<EndedRegister> forgotten)
    {
        foreach (var each in forgotten)
        {
            Count++;
            _ballots[each.Register] = each.Ballot;
            _oldestFirst.Enqueue(each);
            if (_oldestFirst.Count > Most)
                Drop(_oldestFirst.Dequeue());
        }
    }

    /// <summary>The ballot of the end that was forgotten last of a register; none if that is not known.</summary>
    public Ballot BallotOf(string register) => _ballots.GetValueOrDefault(register);

    private void Drop(EndedRegister oldest)
    {
        if (_ballots[oldest.Register] == oldest.Ballot)
            _ballots.Remove(oldest.Register);
    }
}
