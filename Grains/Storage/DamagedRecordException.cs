namespace Orleans.Paxos;

/// <summary>
/// A stored record cannot be read: it is damaged, or a newer version of this library wrote it. The acceptor does not vote
/// on that register; the record is left as it is.
/// </summary>
[GenerateSerializer, Alias("Orleans.Paxos.DamagedRecordException")]
public sealed class DamagedRecordException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="record">Which record it is.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="inner">The exception that showed it; null when there is none.</param>
    public DamagedRecordException(string record, string problem, Exception? inner = null)
        : base($"The stored {record} cannot be read: {problem} It was left as it is, and this acceptor does not vote on it. A majority of the other acceptors is enough; restore nothing from a backup (docs/protocol.md, I9).", inner)
    {
    }
}
