namespace Orleans.Paxos;

/// <summary>
/// Looks at the acceptor set, and changes it while the cluster works (docs/operations.md has the runbooks). A change that has begun goes on by itself,
/// whoever asked for it, until the set after it decides alone; <see cref="StatusAsync"/> shows how far it is.
/// </summary>
/// <remarks>
/// Every call may throw <see cref="QuorumUnavailableException"/> (no majority answered; nothing was changed), <see cref="AcceptorSetMismatchException"/>
/// and <see cref="OperationCanceledException"/>.
/// </remarks>
public interface IAcceptorSetClient
{
    /// <summary>Tells the set, how far its change is, and how each acceptor is. It can be repeated.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The status.</returns>
    Task<AcceptorSetStatus> StatusAsync(CancellationToken cancellationToken = default);

    /// <summary>Begins a change of the set. It is sent once, and never again by itself.</summary>
    /// <param name="change">What is to change.</param>
    /// <param name="cancellationToken">Ends the wait; the change may have begun, and the status tells.</param>
    /// <returns>The joint set, which is decided.</returns>
    /// <exception cref="ArgumentException">A list of names is missing.</exception>
    /// <exception cref="AcceptorChangeRefusedException">The change is not possible, or another one is under way. Nothing was changed.</exception>
    /// <exception cref="OutcomeUnknownException">The change may have begun: the status tells.</exception>
    Task<AcceptorSet> ChangeAsync(AcceptorChange change, CancellationToken cancellationToken = default);

    /// <summary>Cancels the change that is under way: the acceptors before it decide alone again. It is sent once, and never again by itself.</summary>
    /// <param name="cancellationToken">Ends the wait; the change may be cancelled, and the status tells.</param>
    /// <returns>The set that is decided.</returns>
    /// <exception cref="AcceptorChangeRefusedException">No change is under way that can be cancelled.</exception>
    /// <exception cref="OutcomeUnknownException">It may be cancelled: the status tells.</exception>
    Task<AcceptorSet> CancelAsync(CancellationToken cancellationToken = default);
}
