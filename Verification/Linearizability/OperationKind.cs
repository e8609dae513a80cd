namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>What a client asked for.</summary>
internal enum OperationKind
{
    Set,
    CompareAndSet,
    Decide,
    Delete,
    Read,
    StaleRead,
    History,
    Watch,
}
