namespace Orleans.Paxos;

/// <summary>
/// An acceptor: the memory of the cluster. Its key is its name, which is also the name of the silo that it is pinned to. Applications
/// have no reason to call it.
/// </summary>
/// <remarks>
/// Every call may throw <see cref="AcceptorSetMismatchException"/> (the message is of another set) and
/// <see cref="AcceptorNotVotingException"/> (the acceptor does not vote). After any other exception, or when no answer arrives in time,
/// the message may or may not have taken effect.
/// </remarks>
[Alias("Orleans.Paxos.IAcceptorGrain")]
public interface IAcceptorGrain : IGrainWithStringKey
{
    /// <summary>Phase 1: asks for promises, each for a different register.</summary>
    /// <param name="requests">The ballots to promise.</param>
    /// <returns>
    /// For each request, the promise with what was accepted before, or the higher ballot that prevents it; null for a request that could
    /// not be made durable.
    /// </returns>
    [Alias("Prepare")]
    Task<Batch<PrepareReply?>> PrepareAsync(Batch<PrepareRequest> requests);

    /// <summary>Phase 2: asks to accept states, each of a different register.</summary>
    /// <param name="requests">The ballots and the states.</param>
    /// <returns>
    /// For each request, whether the state was accepted and the highest ballot promised; null for a request that may or may not be
    /// durable.
    /// </returns>
    [Alias("Accept")]
    Task<Batch<AcceptReply?>> AcceptAsync(Batch<AcceptRequest> requests);

    /// <summary>Asks what was accepted, and writes nothing.</summary>
    /// <param name="requests">The registers, and what the reader already knows about them.</param>
    /// <returns>For each request, the ballots and, if wanted, the state; null for a register that could not be read.</returns>
    [Alias("Read")]
    Task<Batch<ReadReply?>> ReadAsync(Batch<ReadRequest> requests);

    /// <summary>Asks for the older entries that this acceptor holds.</summary>
    /// <param name="request">Which register, from which version.</param>
    /// <returns>The entries.</returns>
    [Alias("History")]
    Task<HistoryReply> HistoryAsync(HistoryRequest request);

    /// <summary>Asks for a page of names.</summary>
    /// <param name="request">The prefix and where the page starts.</param>
    /// <returns>The names, including those of deleted registers.</returns>
    [Alias("List")]
    Task<ListReply> ListAsync(ListRequest request);

    /// <summary>Asks which registers have got states since a position in its feed.</summary>
    /// <param name="request">The position, and how long to wait for more.</param>
    /// <returns>What follows the position; nothing when nothing came in time.</returns>
    [Alias("Feed")]
    Task<FeedReply> FeedAsync(FeedRequest request);

    /// <summary>Asks whether another acceptor may forget registers that have ended, for all that this one holds of them.</summary>
    /// <param name="request">What the other one holds.</param>
    /// <returns>An answer for each.</returns>
    [Alias("Cover")]
    Task<CoverReply> CoverAsync(CoverRequest request);

    /// <summary>Asks for the watermarks of neighbouring buckets of names.</summary>
    /// <param name="request">Which buckets.</param>
    /// <returns>The watermarks.</returns>
    [Alias("Watermarks")]
    Task<WatermarksReply> WatermarksAsync(WatermarksRequest request);

    /// <summary>Raises watermarks; when it returns, they are durable, and every question that comes afterwards is answered by them.</summary>
    /// <param name="request">What they are to be at least.</param>
    /// <returns>What they are now, in the order of the request.</returns>
    /// <exception cref="ArgumentException">There is no such bucket, or a watermark is not well-formed; nothing was raised.</exception>
    [Alias("Raise")]
    Task<WatermarksReply> RaiseAsync(RaiseRequest request);

    /// <summary>Notes another acceptor that found its storage blank.</summary>
    /// <param name="request">The other acceptor and its incarnation.</param>
    /// <returns>The incarnation that is durably noted.</returns>
    [Alias("Introduce")]
    Task<IntroduceReply> IntroduceAsync(IntroduceRequest request);

    /// <summary>Asks an acceptor that has never voted to stand ready for a set.</summary>
    /// <param name="request">The set.</param>
    /// <returns>The id of its storage, or why it cannot be added.</returns>
    [Alias("Enroll")]
    Task<EnrollReply> EnrollAsync(EnrollRequest request);

    /// <summary>
    /// Tells an acceptor a set that was decided. It takes it over, durably, if that set came from its own; from then on it answers no message of an
    /// earlier one.
    /// </summary>
    /// <param name="set">The set.</param>
    /// <returns>The set that it has afterwards: that one, or a later one.</returns>
    [Alias("Follow")]
    Task<AcceptorSet> FollowAsync(AcceptorSet set);

    /// <summary>Tells the acceptor that messages have not reached it, so that it looks for what it has missed.</summary>
    /// <returns>A task that ends when it knows.</returns>
    [Alias("NoteMissed")]
    Task NoteMissedAsync();

    /// <summary>Asks the acceptor for its status.</summary>
    /// <returns>The acceptor's own report; the standing is never <see cref="AcceptorStanding.Unreachable"/>.</returns>
    [Alias("Status")]
    Task<AcceptorStatus> StatusAsync();
}
