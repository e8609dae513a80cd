using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Watching;

/// <summary>Finds out what became of states that acceptors hold.</summary>
/// <param name="quorum">Reads what a majority holds.</param>
/// <param name="reader">Reads a register.</param>
/// <param name="propose">Runs a proposal.</param>
internal sealed class ChangeCloser(
    QuorumReader quorum, LinearizableReader reader, Func<ProposeRequest, Task<ProposeResult>> propose)
{
    /// <summary>
    /// Returns a chosen state that has all that was chosen of a register's states up to a ballot. None of the others will ever be chosen: the
    /// ballot of the returned state is not below theirs, or a majority has promised one that is above.
    /// </summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<ChosenState> CloseAsync(string register, Ballot ballot)
    {
        while (true)
        {
            var chosen = await ReadAsync(register);
            if (chosen.Ballot >= ballot)
                return chosen;
            if ((await propose(ProposeRequest.Repair(register, above: ballot))).Chosen is { } repaired)
                return repaired;
        }
    }

    /// <summary>Reads a register.</summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public Task<ChosenState> ReadAsync(string register) => reader.ReadAsync(register, ChosenState.Empty);

    /// <summary>
    /// Returns the versions of a chosen state that follow one; null if there are none. Of a register that was forgotten, it only tells that they
    /// are gone.
    /// </summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<WatchBatch?> VersionsAsync(string register, ChosenState chosen, long after)
    {
        if (chosen.State.Newest is null)
            return chosen.GoneThrough() is var gone && gone > after ? new WatchBatch([], gone) : null;
        if (chosen.State.Version <= after)
            return null;
        var entries = chosen.State.Entries.Length >= chosen.State.Version - after
            ? chosen.State.Entries
            : await quorum.HistoryAsync(register, chosen.State);
        var before = entries[0].Version - 1;
        return new WatchBatch([.. entries.Where(entry => entry.Version > after)], before > after ? before : 0);
    }
}
