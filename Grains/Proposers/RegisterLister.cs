using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Proposers;

/// <summary>
/// Lists registers by merging the names that a majority of acceptors has: a register that was acknowledged is in every majority. What
/// the answers do not tell is read, side by side.
/// </summary>
/// <param name="peers">The acceptors.</param>
/// <param name="quorum">Fetches the state of a ballot.</param>
/// <param name="reader">Reads a register.</param>
/// <param name="options">How long to wait.</param>
internal sealed class RegisterLister(AcceptorPeers peers, QuorumReader quorum, LinearizableReader reader, PaxosOptions options)
{
    private const int MostNamesInQuestion = 10_000;

    /// <summary>How long a page is tried. With the default options, that is over shortly before the client gives up.</summary>
    private readonly TimeSpan _patience = 3 * options.ProposalTimeout;

    /// <summary>A page of the names of registers that have a value.</summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<NamePage> ListAsync(string prefix, string after, int limit)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        await foreach (var name in WalkAsync(prefix, after, limit, static register => !register.IsDecided, NameAsync))
        {
            if (names.Count == limit)
                return new NamePage(names.ToImmutable(), More: true);
            names.Add(name);
        }

        return new NamePage(names.ToImmutable(), More: false);
    }

    /// <summary>A page of the registers that have a value, with their newest entries.</summary>
    /// <param name="prefix">What the names start with.</param>
    /// <param name="after">Where to begin.</param>
    /// <param name="limit">How many entries the page takes.</param>
    /// <param name="mostBytes">How many bytes of values it takes, if it has more than one entry.</param>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<EntryPage> ListEntriesAsync(string prefix, string after, int limit, long mostBytes = EntryPage.MaxValueBytes)
    {
        var entries = ImmutableArray.CreateBuilder<NamedEntry>();
        var bytes = 0L;
        await foreach (var entry in WalkAsync(prefix, after, limit, static register => !register.IsDecided || register.Exists, EntryAsync))
        {
            bytes += entry.Entry.Value.Length;
            if (entries.Count == limit || (entries.Count > 0 && bytes > mostBytes))
                return new EntryPage(entries.ToImmutable(), More: true);
            entries.Add(entry);
        }

        return new EntryPage(entries.ToImmutable(), More: false);
    }

    /// <summary>A page of all registers, deleted ones among them, with their histories.</summary>
    /// <param name="prefix">What the names start with.</param>
    /// <param name="after">Where to begin.</param>
    /// <param name="limit">How many registers the page takes.</param>
    /// <param name="mostBytes">How many bytes of values it takes, if it has more than one register.</param>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<BackupPage> ListHistoriesAsync(string prefix, string after, int limit, long mostBytes = EntryPage.MaxValueBytes)
    {
        var read = new List<ReadRegister>();
        var (bytes, isFull) = (0L, false);
        await foreach (var register in WalkAsync(prefix, after, limit, static _ => true, StateAsync))
        {
            bytes += options.HistoryLimits.BytesOf(register.State);
            isFull = read.Count == limit || (read.Count > 0 && bytes > mostBytes);
            if (isFull)
                break;
            read.Add(register);
        }

        var histories = await Task.WhenAll(read.Where(static each => each.State.Newest is not null).Select(HistoryAsync));
        var ended = read.Where(static each => each.State.Newest is null && each.State.Origin.Version > 0)
            .Select(each => new Watermark(each.State.Origin, Round: 0).Of(Watermarks.BucketOf(each.Name, options.NameBuckets)));
        return new BackupPage([.. histories], [.. ended], isFull ? read[^1].Name : null);
    }

    /// <summary>
    /// Goes through all names. The first question asks for one name more than the page takes, which shows whether there are more. Each
    /// further one asks for twice as many, so that a long row of deleted registers does not take a round trip for every few of them.
    /// </summary>
    /// <param name="prefix">What the names start with.</param>
    /// <param name="after">Where to begin.</param>
    /// <param name="limit">How many the page takes.</param>
    /// <param name="isRead">Whether more of a register is needed than the answers tell.</param>
    /// <param name="take">What goes into the page; null when the register has no value.</param>
    private async IAsyncEnumerable<T> WalkAsync<T>(
        string prefix, string after, int limit, Func<ListedRegister, bool> isRead, Func<ListedRegister, Task<T?>> take)
        where T : class
    {
        var startedAt = peers.Clock.GetTimestamp();
        string? covered = after;
        for (var count = limit + 1; covered is not null; count = Math.Min(2 * count, MostNamesInQuestion))
        {
            var merged = await MergedNamesAsync(prefix, covered, count);
            var below = merged.Registers.Where(register => RegisterName.IsBelow(register.Name, prefix));
            await foreach (var taken in SideBySide.SelectAsync(below, isRead, register => TakeInTimeAsync(register, take, startedAt)))
            {
                if (taken is not null)
                    yield return taken;
            }

            covered = prefix.Length == 0 && merged.CoveredUpTo is [ReservedNames.Mark, ..] ? ReservedNames.End : merged.CoveredUpTo;
        }
    }

    /// <summary>Takes a register, and again if that failed while the page still has time: one of a thousand must not cost the page.</summary>
    private async Task<T?> TakeInTimeAsync<T>(ListedRegister register, Func<ListedRegister, Task<T?>> take, long startedAt)
    {
        while (true)
        {
            try
            {
                return await take(register);
            }
            catch (QuorumUnavailableException) when (peers.Clock.GetElapsedTime(startedAt) < _patience)
            {
                // It has been tried for a proposal's time, so this is no busy loop.
            }
        }
    }

    private async Task<MergedNames> MergedNamesAsync(string prefix, string after, int limit)
    {
        var (set, pages) = await MajorityRound<ListReply>.AskAsync(
            peers, (acceptor, id) => acceptor.ListAsync(new ListRequest(id, prefix, after, limit)), options.ProposalTimeout, options);
        return MergedNames.Of(set, pages);
    }

    private async Task<string?> NameAsync(ListedRegister register)
    {
        var exists = register.IsDecided ? register.Exists : (await ReadAsync(register)).Exists;
        return exists ? register.Name : null;
    }

    private async Task<NamedEntry?> EntryAsync(ListedRegister register)
    {
        if (register is { IsDecided: true, Exists: false })
            return null;
        return await ReadAsync(register) is { Exists: true, Newest: { } entry } ? new NamedEntry(register.Name, entry) : null;
    }

    private async Task<ReadRegister?> StateAsync(ListedRegister register) => new(register.Name, await ReadAsync(register));

    private async Task<RegisterHistory> HistoryAsync(ReadRegister register)
    {
        var (name, state) = register;
        var entries = await quorum.HistoryAsync(name, state);
        return new RegisterHistory(name, entries, entries[0].Version == state.WindowStart ? state.ForgottenThrough : entries[0].Version - 1);
    }

    /// <summary>The state that the answers show to be chosen and current, from an acceptor that still holds it, or else a newer one.</summary>
    private async Task<RegisterState> ReadAsync(ListedRegister register) =>
        (await register.FetchAsync() ?? await reader.ReadAsync(register.Name, ChosenState.Empty)).State;

    /// <summary>A register, and its state as it is chosen and current.</summary>
    private sealed record ReadRegister(string Name, RegisterState State);
}
