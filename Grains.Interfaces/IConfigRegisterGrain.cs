using Orleans.Concurrency;

namespace Orleans.Paxos;

/// <summary>
/// A config register: the learner of the register whose name is its key, and the grain that clients call first. All its state is soft:
/// two activations of one name are slower than one, but just as safe.
/// </summary>
/// <remarks>
/// When a call fails with an exception other than those named, its outcome is unknown. The client library then sends the call again
/// another way.
/// </remarks>
[Alias("Orleans.Paxos.IConfigRegisterGrain")]
public interface IConfigRegisterGrain : IGrainWithStringKey
{
    /// <summary>Changes the register. Changes that wait together share one proposal, and each gets its own version.</summary>
    /// <param name="request">The change and its request id.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="ArgumentException">The name or the change breaks a rule; nothing was written.</exception>
    /// <exception cref="RegisterValueTooLargeException">The value is over the limit; nothing was written.</exception>
    /// <exception cref="QuorumUnavailableException">No majority answered; nothing was or will be written.</exception>
    /// <exception cref="OutcomeUnknownException">The change may or may not have happened, or may still happen.</exception>
    [Alias("Change")]
    Task<ChangeOutcome> ChangeAsync(ChangeRequest request);

    /// <summary>Reads the register.</summary>
    /// <param name="consistency">What the read guarantees.</param>
    /// <returns>The newest entry, a tombstone if it was deleted; null if it was never written, or was forgotten.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("Read")]
    Task<RegisterEntry?> ReadAsync(ReadConsistency consistency);

    /// <summary>Reads a floor for a new request (<see cref="ChangeRequest.Floor"/>).</summary>
    /// <returns>A version that every version written from now on is above; 0 when it may begin with version 1.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("Floor")]
    Task<long> FloorAsync();

    /// <summary>Reads the newest entries.</summary>
    /// <returns>The entries within the history's limits, oldest first, without gaps.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("History")]
    Task<ImmutableArray<RegisterEntry>> HistoryAsync();

    /// <summary>Waits for versions after one that was seen.</summary>
    /// <param name="after">What was seen last; the default for nothing.</param>
    /// <param name="wait">How long to wait when there is nothing new; at most 30 seconds.</param>
    /// <returns>
    /// The versions that follow, in order; none when the wait was over first. If the register does not have what was seen, a
    /// <see cref="WatchNotice.Reset"/> with the versions from the beginning of the history.
    /// </returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("Watch")]
    Task<WatchBatch> WatchAsync(WatchPoint after, TimeSpan wait);

    /// <summary>Tells the learner about a state that was chosen without it.</summary>
    /// <param name="chosen">The chosen state.</param>
    /// <returns>A task that completes at once, because the call is one-way.</returns>
    [Alias("Learn"), OneWay]
    Task LearnAsync(ChosenState chosen);
}
