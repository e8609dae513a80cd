namespace Orleans.Paxos;

/// <summary>
/// Changes the acceptor set while the cluster works (docs/protocol.md, "Changing the acceptors"; docs/operations.md has the runbooks). Its key is
/// <see cref="Key"/>. Each silo has one: so it answers as long as any silo does. Of two changes at the same time, one is refused.
/// </summary>
[Alias("Orleans.Paxos.IAcceptorSetGrain")]
public interface IAcceptorSetGrain : IGrainWithStringKey
{
    /// <summary>The key of the grain.</summary>
    const string Key = "acceptors";

    /// <summary>Tells the set, how far its change is, and how each acceptor is.</summary>
    /// <returns>The status.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("Status")]
    Task<AcceptorSetStatus> StatusAsync();

    /// <summary>
    /// Begins a change of the set. Once it has begun, it goes on by itself, at whichever silo runs, until the set after the change decides alone.
    /// </summary>
    /// <param name="change">What is to change.</param>
    /// <returns>The joint set, which is decided.</returns>
    /// <exception cref="AcceptorChangeRefusedException">The change is not possible, or another one is under way. Nothing was changed.</exception>
    /// <exception cref="QuorumUnavailableException">No majority answered. Nothing was changed.</exception>
    /// <exception cref="OutcomeUnknownException">The change may have begun: the status tells.</exception>
    [Alias("Change")]
    Task<AcceptorSet> ChangeAsync(AcceptorChange change);

    /// <summary>Cancels the change that is under way: the acceptors before it decide alone again. It can be repeated.</summary>
    /// <returns>The set that is decided.</returns>
    /// <exception cref="AcceptorChangeRefusedException">No change is under way that can be cancelled.</exception>
    /// <exception cref="QuorumUnavailableException">No majority answered. Nothing was changed.</exception>
    /// <exception cref="OutcomeUnknownException">It may be cancelled: the status tells.</exception>
    [Alias("Cancel")]
    Task<AcceptorSet> CancelAsync();
}
