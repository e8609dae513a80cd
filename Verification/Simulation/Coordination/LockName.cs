using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Verification.Simulation.Coordination;

/// <summary>A lock, election or semaphore of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is used as.</param>
/// <param name="Limit">How many can hold it at once.</param>
internal sealed record LockName(string Name, LockKind Kind, int Limit)
{
    /// <summary>The locks of a run.</summary>
    public static ImmutableArray<LockName> All { get; } = [new("jobs", LockKind.Lock, 1), new("leader", LockKind.Election, 1), new("pool", LockKind.Semaphore, 2)];

    /// <summary>The register that its holders write behind its fence.</summary>
    public string Guarded => $"s/{Name}";
}
