using System.Text;

namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>An entry as a client saw it.</summary>
internal readonly record struct Observed(long Version, Guid RequestId, bool Deleted, string Value)
{
    /// <summary>The highest fence that the register had seen at this version; null for none.</summary>
    public Fence? Guard { get; init; }

    /// <summary>Whether the client was told only that its request wrote this version: what an addition made of the value, and the guard, are not known.</summary>
    public bool IsTold { get; init; }

    /// <summary>Reads the value as the number of a counter; null if it is none.</summary>
    public long? ReadNumber() => CounterValue.Parse(Encoding.UTF8.GetBytes(Value));

    /// <summary>Whether the two cannot both be what a register holds at one version.</summary>
    public bool Contradicts(Observed other) =>
        (Version, RequestId, Deleted) != (other.Version, other.RequestId, other.Deleted) || (!IsTold && !other.IsTold && this != other);

    public string Describe() =>
        (Deleted ? $"version {Version} (deleted by {RequestId})" : $"version {Version} ('{Value}')") + (Guard is null ? "" : $", guarded by '{Guard}'");
}
