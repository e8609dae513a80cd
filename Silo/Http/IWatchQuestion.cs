namespace Orleans.Paxos.Silo.Http;

/// <summary>What a watcher asks: what follows what it has seen. Equal questions have equal answers.</summary>
internal interface IWatchQuestion
{
    /// <summary>Asks.</summary>
    /// <param name="registers">The registers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Events, before which it may be told that no majority answers, or answers again.</returns>
    IAsyncEnumerable<WatchAnswer> AskAsync(IRegisterClient registers, CancellationToken cancellationToken);
}

/// <summary>A part of the answer to a question.</summary>
/// <param name="Notice">Whether a majority answers.</param>
/// <param name="Events">The events; null if there is only a notice.</param>
internal readonly record struct WatchAnswer(WatchNotice Notice, WatchEvents? Events);
