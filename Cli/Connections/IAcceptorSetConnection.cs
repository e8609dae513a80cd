using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>The acceptor set, over HTTP or Orleans.</summary>
internal interface IAcceptorSetConnection
{
    /// <summary>Tells the set, how far its change is, and how each acceptor is.</summary>
    Task<AcceptorSetReport> StatusAsync(CancellationToken cancellationToken);

    /// <summary>Begins a change.</summary>
    /// <exception cref="AcceptorChangeRefusedException">It is not possible, or another one is under way.</exception>
    /// <exception cref="OutcomeUnknownException">It may have begun.</exception>
    Task ChangeAsync(AcceptorChange change, CancellationToken cancellationToken);

    /// <summary>Cancels the change that is under way.</summary>
    /// <exception cref="AcceptorChangeRefusedException">There is none that can be cancelled.</exception>
    /// <exception cref="OutcomeUnknownException">It may be cancelled.</exception>
    Task CancelAsync(CancellationToken cancellationToken);
}
