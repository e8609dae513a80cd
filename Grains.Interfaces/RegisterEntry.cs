namespace Orleans.Paxos;

/// <summary>One chosen version of a register.</summary>
/// <param name="Version">1 for the first value chosen, then 2, 3 and so on without gaps.</param>
/// <param name="Value">The value's bytes, empty in a tombstone. Do not modify them.</param>
/// <param name="Deleted">Whether this version is a tombstone, which means that it deleted the register.</param>
/// <param name="RequestId">The id of the request that wrote this version.</param>
/// <param name="At">The UTC time at which the change was proposed, by the clock of the machine that proposed it. It does not order
/// versions.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.RegisterEntry")]
public sealed record RegisterEntry(
    [property: Id(0)] long Version,
    [property: Id(1)] byte[] Value,
    [property: Id(2)] bool Deleted,
    [property: Id(3)] Guid RequestId,
    [property: Id(4)] DateTimeOffset At)
{
    /// <summary>
    /// The highest fence that the register has seen up to this version; null for none. A change that carries a lower one, or that of another lock, is
    /// refused. A deletion without a fence takes the guard away.
    /// </summary>
    [Id(5)]
    public Fence? Guard { get; init; }

    /// <summary>The session that the value belongs to; null for none. When the session has ended, the value is deleted.</summary>
    [Id(6)]
    public Guid? Session { get; init; }
}
