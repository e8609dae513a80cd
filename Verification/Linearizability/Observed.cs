namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>An entry as a client saw it.</summary>
internal readonly record struct Observed(long Version, Guid RequestId, bool Deleted, string Value)
{
    public string Describe() => Deleted ? $"version {Version} (deleted by {RequestId})" : $"version {Version} ('{Value}')";
}
