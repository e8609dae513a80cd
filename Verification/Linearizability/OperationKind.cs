namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>The kinds of operations.</summary>
internal enum OperationKind
{
    Set,
    CompareAndSet,
    Decide,
    Delete,
    Add,
    Read,
    StaleRead,
    History,
    Watch,
}
