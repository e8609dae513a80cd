namespace Orleans.Paxos;

/// <summary>
/// The storage of an acceptor did not answer in time, or refused. A read read nothing; a write may or may not have happened.
/// The acceptor does not vote on what it concerns until it has read it again. Nothing is to be done if a majority of the
/// other acceptors answers.
/// </summary>
[GenerateSerializer, Alias("Orleans.Paxos.StorageUnavailableException")]
public sealed class StorageUnavailableException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which storage it is and what it did, without secrets.</param>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }
}
