using Orleans.Concurrency;
using Orleans.Placement;

namespace Orleans.Paxos.Coordination;

/// <summary>The line of one lock, on the silo where it was first called.</summary>
[Reentrant, PreferLocalPlacement]
internal sealed class WaitingLineGrain(TimeProvider clock) : Grain, IWaitingLineGrain
{
    private readonly WaitingLine _line = new(clock);

    public Task<bool> EnterAsync(Guid ticket, TimeSpan wait) => _line.EnterAsync(ticket, wait);

    public Task LeaveAsync(Guid ticket)
    {
        _line.Leave(ticket);
        return Task.CompletedTask;
    }
}
