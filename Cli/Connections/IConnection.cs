using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>A way to the registers, by HTTP or by Orleans.</summary>
internal interface IConnection : IAsyncDisposable
{
    /// <summary>The registers.</summary>
    IRegisterClient Registers { get; }

    /// <summary>The registers, to be put under load.</summary>
    ILoadTarget LoadTarget => new RegisterTarget(Registers);

    /// <summary>The cluster's status.</summary>
    Task<StatusReport> StatusAsync(CancellationToken cancellationToken);
}

/// <summary>Makes a connection.</summary>
/// <param name="target">To what.</param>
/// <param name="notice">Is told what goes on while a call waits.</param>
/// <param name="cancellationToken">Ends the wait.</param>
internal delegate Task<IConnection> Connect(ConnectionTarget target, Action<string> notice, CancellationToken cancellationToken);
