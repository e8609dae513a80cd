using Orleans.Concurrency;

namespace Orleans.Paxos;

/// <summary>
/// A config register: the learner and front door of the register whose name is its key. All that it keeps is soft state;
/// two activations of one name are slower than one, and as safe.
/// </summary>
/// <remarks>
/// When a call fails otherwise than by the exceptions named, its outcome is unknown; the client library
/// turns that into a second try by another way.
/// </remarks>
[Alias("Orleans.Paxos.IConfigRegisterGrain")]
public interface IConfigRegisterGrain : IGrainWithStringKey
{
    /// <summary>Changes the register. Changes that wait together share one proposal, each with its own version.</summary>
    /// <param name="request">The change and its request id.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="ArgumentException">The name or the change breaks a rule; nothing was written.</exception>
    /// <exception cref="RegisterValueTooLargeException">The value is over the limit; nothing was written.</exception>
    /// <exception cref="QuorumUnavailableException">No majority answered; nothing was or will be written.</exception>
    /// <exception cref="OutcomeUnknownException">The change may or may not have happened, or happen yet.</exception>
    [Alias("Change")]
    Task<ChangeOutcome> ChangeAsync(ChangeRequest request);

    /// <summary>Reads the register.</summary>
    /// <param name="consistency">What the read promises.</param>
    /// <returns>The newest entry, a tombstone if it was deleted; null if it was never written.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("Read")]
    Task<RegisterEntry?> ReadAsync(ReadConsistency consistency);

    /// <summary>Reads the newest entries.</summary>
    /// <returns>The entries within the history's limits, oldest first, without holes.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("History")]
    Task<ImmutableArray<RegisterEntry>> HistoryAsync();

    /// <summary>Waits for versions after one that was seen.</summary>
    /// <param name="after">The version seen last; 0 for none.</param>
    /// <param name="wait">How long to wait when there is nothing new; at most 30 seconds.</param>
    /// <returns>
    /// The versions that follow, in order; none when the wait was over first. If the register does not have the version that was seen, a
    /// <see cref="WatchNotice.Reset"/> with the versions from the beginning of the history.
    /// </returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("Watch")]
    Task<WatchBatch> WatchAsync(long after, TimeSpan wait);

    /// <summary>Tells the learner of a state that was chosen through another way.</summary>
    /// <param name="chosen">The chosen state.</param>
    /// <returns>At once; the call is one-way.</returns>
    [Alias("Learn"), OneWay]
    Task LearnAsync(ChosenState chosen);
}
