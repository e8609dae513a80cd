using Orleans.Concurrency;

namespace Orleans.Paxos;

/// <summary>
/// Where those stand in line who wait for a lock, so that a release wakes one of them. All its state is soft, and it grants nothing: the lock's register
/// decides.
/// </summary>
[Alias("Orleans.Paxos.IWaitingLineGrain")]
public interface IWaitingLineGrain : IGrainWithStringKey
{
    /// <summary>The longest time that a caller can wait: 5 seconds.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Stands in line, or says that one still does: who has not called for 2 seconds loses the place. The one who is first calls too.
    /// </summary>
    /// <param name="ticket">Identifies the one who waits.</param>
    /// <param name="wait">How long to wait to be the first.</param>
    /// <returns>Whether the ticket is the first in line.</returns>
    [Alias("Enter")]
    Task<bool> EnterAsync(Guid ticket, TimeSpan wait);

    /// <summary>Leaves the line.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <returns>A task that completes at once, because the call is one-way.</returns>
    [Alias("Leave"), OneWay]
    Task LeaveAsync(Guid ticket);
}
