namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>What clients had seen by a moment: the highest version, and the answer that showed it.</summary>
internal sealed class Knowledge
{
    private readonly long[] _times;
    private readonly Operation[] _newest;

    public Knowledge(IEnumerable<Operation> operations)
    {
        var answered = operations.Where(operation => operation is { IsAnswered: true, ShownVersion: > 0 }).OrderBy(operation => operation.Returned).ToArray();
        _times = new long[answered.Length];
        _newest = new Operation[answered.Length];
        for (var index = 0; index < answered.Length; index++)
        {
            _times[index] = answered[index].Returned!.Value;
            _newest[index] = index > 0 && _newest[index - 1].ShownVersion >= answered[index].ShownVersion ? _newest[index - 1] : answered[index];
        }
    }

    /// <summary>Gets the answer with the highest version among all that returned before a moment; null when there is none.</summary>
    public Operation? Before(long moment)
    {
        var index = Array.BinarySearch(_times, moment);
        if (index < 0)
            index = ~index;
        while (index > 0 && _times[index - 1] == moment)
            index--;
        return index == 0 ? null : _newest[index - 1];
    }

    /// <summary>Gets the highest version that any client had seen before a moment.</summary>
    public long VersionBefore(long moment) => Before(moment)?.ShownVersion ?? 0;
}
