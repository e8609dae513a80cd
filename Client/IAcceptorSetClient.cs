namespace Orleans.Paxos;

/// <summary>Shows and changes the acceptor set while the cluster works (docs/operations.md, "Changing the acceptors").</summary>
public interface IAcceptorSetClient
{
    /// <summary>Tells the set, how far its change is, and how each acceptor is.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The status.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    Task<AcceptorSetStatus> StatusAsync(CancellationToken cancellationToken = default);

    /// <summary>Begins a change of the set. It goes on by itself; the status tells how far it is.</summary>
    /// <param name="change">What is to change.</param>
    /// <param name="cancellationToken">Ends the wait; the change may begin all the same.</param>
    /// <returns>The joint set, which is decided.</returns>
    /// <exception cref="AcceptorChangeRefusedException">The change is not possible, or another one is under way. Nothing was changed.</exception>
    /// <exception cref="QuorumUnavailableException">No majority answered. Nothing was changed.</exception>
    /// <exception cref="TimeoutException">The change may have begun: the status tells.</exception>
    Task<AcceptorSet> ChangeAsync(AcceptorChange change, CancellationToken cancellationToken = default);

    /// <summary>Cancels the change that is under way: the acceptors before it decide alone again. It can be repeated.</summary>
    /// <param name="cancellationToken">Ends the wait; the change may be cancelled all the same.</param>
    /// <returns>The set that is decided.</returns>
    /// <exception cref="AcceptorChangeRefusedException">No change is under way that can be cancelled.</exception>
    /// <exception cref="QuorumUnavailableException">No majority answered. Nothing was changed.</exception>
    /// <exception cref="TimeoutException">It may be cancelled: the status tells.</exception>
    Task<AcceptorSet> CancelAsync(CancellationToken cancellationToken = default);
}
