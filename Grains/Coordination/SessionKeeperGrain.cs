using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Coordination;

/// <summary>The keeper of one share of the sessions, wherever it was first called.</summary>
[Reentrant]
internal sealed class SessionKeeperGrain(CoordinationParts parts, TimeProvider clock, ILogger<SessionKeeper> logger) : Grain, ISessionKeeperGrain
{
    private readonly SessionKeeper _keeper = new(parts.Sessions, parts.Locks, clock, logger);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _keeper.Stop();
        return Task.CompletedTask;
    }

    public Task RenewedAsync(SessionRenewal renewal)
    {
        _keeper.Renewed(renewal);
        return Task.CompletedTask;
    }

    public Task LookAfterAsync(ImmutableArray<Guid> sessions) => _keeper.LookAfterAsync(sessions);
}
