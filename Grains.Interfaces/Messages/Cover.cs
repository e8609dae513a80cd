namespace Orleans.Paxos;

/// <summary>A register that has ended, some time after it was deleted.</summary>
/// <param name="Register">The register's name.</param>
/// <param name="Ballot">The ballot under which its end was accepted.</param>
/// <param name="Version">What its versions begin above if it is written again.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.EndedRegister")]
public readonly record struct EndedRegister(
    [property: Id(0)] string Register,
    [property: Id(1)] Ballot Ballot,
    [property: Id(2)] long Version);

/// <summary>Asks whether another acceptor may forget registers that have ended, for all that this one holds of them.</summary>
/// <param name="Set">The acceptor set that the other acceptor belongs to.</param>
/// <param name="Ended">What the other acceptor holds.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.CoverRequest")]
public sealed record CoverRequest(
    [property: Id(0)] AcceptorSetId Set,
    [property: Id(1)] ImmutableArray<EndedRegister> Ended);

/// <summary>Whether an acceptor is at the end of a register.</summary>
public enum Cover
{
    /// <summary>It has not accepted an end that is as late, or the register was written again.</summary>
    None = 0,

    /// <summary>It has accepted this end, and new registers begin above it.</summary>
    Same = 1,

    /// <summary>It has accepted a later end, under a higher ballot, and new registers begin above it.</summary>
    Later = 2,

    /// <summary>It has forgotten this end.</summary>
    Forgotten = 3,
}

/// <summary>One answer for each register that was asked about.</summary>
/// <param name="Covers">The answers, in the order of the question.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.CoverReply")]
public sealed record CoverReply([property: Id(0)] ImmutableArray<Cover> Covers);
