namespace Orleans.Paxos;

/// <summary>
/// An acceptor: the memory of the cluster. Its key is its name, which is the name of the silo that it is pinned to.
/// Applications have no reason to call it.
/// </summary>
/// <remarks>
/// Every call may throw <see cref="AcceptorSetMismatchException"/> (the message is of another set) and
/// <see cref="AcceptorNotVotingException"/> (it does not vote). After any other exception, or none within the caller's
/// patience, the message may or may not have taken effect.
/// </remarks>
[Alias("Orleans.Paxos.IAcceptorGrain")]
public interface IAcceptorGrain : IGrainWithStringKey
{
    /// <summary>Phase 1: asks for promises, each for a register of its own.</summary>
    /// <param name="requests">The ballots to promise.</param>
    /// <returns>For each the promise with what was accepted before, or the higher ballot that forbids it; null for one that could not be made durable.</returns>
    [Alias("Prepare")]
    Task<Batch<PrepareReply?>> PrepareAsync(Batch<PrepareRequest> requests);

    /// <summary>Phase 2: asks to accept states, each of a register of its own.</summary>
    /// <param name="requests">The ballots and the states.</param>
    /// <returns>For each whether it was accepted, and the highest ballot promised; null for one that may or may not be durable.</returns>
    [Alias("Accept")]
    Task<Batch<AcceptReply?>> AcceptAsync(Batch<AcceptRequest> requests);

    /// <summary>Asks what was accepted; writes nothing.</summary>
    /// <param name="requests">Which registers, and what the reader knows already.</param>
    /// <returns>For each the ballots and, if wanted, the state; null for one that could not be read.</returns>
    [Alias("Read")]
    Task<Batch<ReadReply?>> ReadAsync(Batch<ReadRequest> requests);

    /// <summary>Asks for the older entries that this acceptor holds.</summary>
    /// <param name="request">Which register, from which version.</param>
    /// <returns>The entries.</returns>
    [Alias("History")]
    Task<HistoryReply> HistoryAsync(HistoryRequest request);

    /// <summary>Asks for a page of names.</summary>
    /// <param name="request">The prefix and where the page starts.</param>
    /// <returns>The names, those of deleted registers included.</returns>
    [Alias("List")]
    Task<ListReply> ListAsync(ListRequest request);

    /// <summary>Notes another acceptor that found its storage blank.</summary>
    /// <param name="request">The other acceptor and its incarnation.</param>
    /// <returns>The incarnation noted, durably.</returns>
    [Alias("Introduce")]
    Task<IntroduceReply> IntroduceAsync(IntroduceRequest request);

    /// <summary>Asks the acceptor how it is.</summary>
    /// <returns>Its own account; never <see cref="AcceptorStanding.Unreachable"/>.</returns>
    [Alias("Status")]
    Task<AcceptorStatus> StatusAsync();
}
