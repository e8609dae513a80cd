namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>The end of a run of <c>paxos lock</c>.</summary>
/// <param name="Holder">The run.</param>
/// <param name="Code">Its exit code.</param>
/// <param name="Errors">What it said.</param>
internal sealed record HolderExit(string Holder, int Code, string Errors)
{
    /// <summary>Done; killed; the lock was lost; no silo answered, before or after something was sent.</summary>
    private static readonly ImmutableArray<int> Known = [0, 137, 75, 3, 4];

    /// <summary>Whether faults like those of a run explain it.</summary>
    public bool IsExplained => Known.Contains(Code);
}
