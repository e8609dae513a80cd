namespace Orleans.Paxos;

/// <summary>
/// The storage of an acceptor did not answer in time, or refused. A read returned nothing; a write may or may not have happened. The
/// acceptor does not vote on the register until it has read its record again. While a majority of the acceptors answers, no action is
/// needed.
/// </summary>
[GenerateSerializer, Alias("Orleans.Paxos.StorageUnavailableException")]
public sealed class StorageUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The storage and what it did, without secrets.</param>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }
}
