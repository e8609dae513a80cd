namespace Orleans.Paxos;

/// <summary>One chosen version of a register.</summary>
/// <param name="Version">1 for the first value chosen, then 2, 3 and so on without holes.</param>
/// <param name="Value">The value's bytes, empty in a tombstone. Not to be modified.</param>
/// <param name="Deleted">Whether this version is a tombstone: the register was deleted by it.</param>
/// <param name="RequestId">The id of the request that wrote this version.</param>
/// <param name="At">The UTC time at which the change was proposed, by the clock of the machine that proposed it. Orders nothing.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.RegisterEntry")]
public sealed record RegisterEntry(
    [property: Id(0)] long Version,
    [property: Id(1)] byte[] Value,
    [property: Id(2)] bool Deleted,
    [property: Id(3)] Guid RequestId,
    [property: Id(4)] DateTimeOffset At);
