namespace Orleans.Paxos.Watching;

/// <summary>Tells the watchers of a silo each version of each register once and in order, by adding it to their log.</summary>
/// <param name="closer">Finds out what became of states.</param>
/// <param name="merge">The feeds, and up to where each is closed.</param>
/// <param name="log">The log.</param>
/// <param name="mostEnded">How many registers to remember after their end was told, even if acceptors have forgotten them.</param>
/// <param name="stopping">Ends the attempts.</param>
internal sealed class Teller(ChangeCloser closer, FeedMerge merge, EventLog log, int mostEnded, CancellationToken stopping)
{
    private readonly Dictionary<string, Told> _told = [];
    private readonly Dictionary<string, Task> _closing = [];
    private readonly Queue<(string Register, Told Told)> _ended = [];

    /// <summary>Whether everything was told that was chosen of a register up to a ballot, or can be.</summary>
    public bool HasTold(string register, Ballot ballot) => _told.TryGetValue(register, out var told) && told.Ballot >= ballot;

    /// <summary>Whether anything is known of a register.</summary>
    public bool Knows(string register) => _told.ContainsKey(register);

    /// <summary>Notes where to go on, for a register of which nothing was told yet.</summary>
    public void BeginAfter(string register, Ballot ballot, long version) => _told.TryAdd(register, new Told(ballot, version));

    /// <summary>The registers of which something is known.</summary>
    public IEnumerable<string> Known => _told.Keys;

    /// <summary>
    /// Tells that a register was forgotten, if it was. No acceptor lists it, so nothing of it is to be closed. It is then as one of which
    /// nothing is known.
    /// </summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task TellForgottenAsync(string register)
    {
        if (!_told.TryGetValue(register, out var told))
            return;
        var chosen = await closer.ReadAsync(register);
        if (chosen.State.Newest is not null || _told.GetValueOrDefault(register) != told)
            return;
        _told.Remove(register);
        if (await closer.VersionsAsync(register, chosen, told.Version) is { } forgotten)
            log.Add(new PrefixEvent(register, forgotten), merge.ClosedThrough());
    }

    /// <summary>Forgets registers that nobody watches any more.</summary>
    public void ForgetAllBut(Func<string, bool> isWatched)
    {
        foreach (var register in _told.Keys.Where(register => !isWatched(register)).ToList())
            _told.Remove(register);
    }

    /// <summary>Closes a register's states up to a ballot and tells what was chosen of them. Does not end before it has done so.</summary>
    /// <exception cref="OperationCanceledException">The silo stops. The states stay open: a cursor must not go beyond them.</exception>
    public async Task CloseAsync(string register, Ballot ballot)
    {
        while (!HasTold(register, ballot))
        {
            stopping.ThrowIfCancellationRequested();
            await OneAtATimeAsync(register, ballot);
        }

        if (_ended.Count > mostEnded) // only now: it may be this register that is forgotten
            await ForgetOldestAsync();
    }

    private Task OneAtATimeAsync(string register, Ballot ballot)
    {
        if (_closing.TryGetValue(register, out var underWay))
            return underWay;
        var closing = TryCloseAsync(register, ballot);
        if (!closing.IsCompleted)
            _closing.Add(register, closing);
        return closing;
    }

    private async Task TryCloseAsync(string register, Ballot ballot)
    {
        try
        {
            await CloseOnceAsync(register, ballot);
        }
        catch (QuorumUnavailableException)
        {
            // It was tried for a proposal's time, so to try again is no busy loop.
        }
        finally
        {
            _closing.Remove(register);
        }
    }

    private async Task CloseOnceAsync(string register, Ballot ballot)
    {
        var chosen = await closer.CloseAsync(register, ballot);
        var told = _told.GetValueOrDefault(register);
        var versions = await closer.VersionsAsync(register, chosen, told.Version);
        told = _told[register] = new Told(Ballot.Max(told.Ballot, Ballot.Max(chosen.Ballot, ballot)), Math.Max(told.Version, versions is null ? 0 : WatchPoint.Of(versions).Version));
        if (versions is not null)
            log.Add(new PrefixEvent(register, versions), merge.ClosedThrough());
        if (chosen.State.Newest is null)
            _ended.Enqueue((register, told));
    }

    /// <summary>
    /// Forgets a register that has ended, if acceptors have forgotten it, too: what is written to it begins above all that was told. As long as one
    /// holds it, its feed may name it whenever it reads it, which must not have it read again.
    /// </summary>
    private async Task ForgetOldestAsync()
    {
        var (register, told) = _ended.Dequeue();
        if (_told.GetValueOrDefault(register) != told)
            return;
        if (!await IsForgottenAsync(register))
            _ended.Enqueue((register, told));
        else if (_told.GetValueOrDefault(register) == told)
            _told.Remove(register);
    }

    private async Task<bool> IsForgottenAsync(string register)
    {
        try
        {
            return (await closer.ReadAsync(register)).Ballot.IsNone;
        }
        catch (QuorumUnavailableException)
        {
            return false; // it is looked at again after a later end
        }
    }

    /// <summary>What was told of a register.</summary>
    /// <param name="Ballot">States up to this ballot are closed.</param>
    /// <param name="Version">The last version told.</param>
    private readonly record struct Told(Ballot Ballot, long Version);
}
