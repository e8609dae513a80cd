using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>A connection to the registers, over HTTP or Orleans.</summary>
internal interface IConnection : IAsyncDisposable
{
    /// <summary>Gets the client for the registers.</summary>
    IRegisterClient Registers { get; }

    /// <summary>Gets the way to sessions and locks.</summary>
    ILockConnection Locks { get; }

    /// <summary>Gets the client for backups.</summary>
    IBackupClient Backups { get; }

    /// <summary>Gets the way to the acceptor set.</summary>
    IAcceptorSetConnection Acceptors { get; }

    /// <summary>Gets the target for load tests.</summary>
    ILoadTarget LoadTarget => new RegisterTarget(Registers);

    /// <summary>Gets the status of the cluster.</summary>
    Task<StatusReport> StatusAsync(CancellationToken cancellationToken);
}

/// <summary>Opens a connection.</summary>
/// <param name="target">What to connect to.</param>
/// <param name="notice">Receives messages about calls that are waiting.</param>
/// <param name="cancellationToken">Cancels the wait.</param>
internal delegate Task<IConnection> Connect(ConnectionTarget target, Action<string> notice, CancellationToken cancellationToken);
