namespace Orleans.Paxos;

/// <summary>
/// A stored record cannot be read: it is damaged, or a newer version of this library wrote it. The acceptor does not vote on that
/// register, and the record is left unchanged.
/// </summary>
[GenerateSerializer, Alias("Orleans.Paxos.DamagedRecordException")]
public sealed class DamagedRecordException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="record">The record.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="inner">The exception that revealed the problem; null when there is none.</param>
    public DamagedRecordException(string record, string problem, Exception? inner = null)
        : base($"The stored {record} cannot be read: {problem} It was not changed, and this acceptor does not vote on it. A majority of the other acceptors is enough; restore nothing from a backup (docs/protocol.md, I9).", inner)
    {
    }
}
