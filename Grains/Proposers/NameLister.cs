using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Proposers;

/// <summary>
/// Lists names by merging the indexes of a majority of acceptors: a register that was acknowledged is in every majority. Where the
/// answers do not tell whether a register has a value, it is read, side by side with others like it.
/// </summary>
/// <param name="peers">The acceptors.</param>
/// <param name="reader">Reads a register.</param>
/// <param name="options">How long to wait.</param>
internal sealed class NameLister(AcceptorPeers peers, LinearizableReader reader, PaxosOptions options)
{
    private const int MostNamesInQuestion = 10_000;

    /// <summary>A page of the names of registers that have a value.</summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<NamePage> ListAsync(string prefix, string after, int limit)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        await foreach (var name in NamesAsync(prefix, after, limit))
        {
            if (names.Count == limit)
                return new NamePage(names.ToImmutable(), More: true);
            names.Add(name);
        }

        return new NamePage(names.ToImmutable(), More: false);
    }

    /// <summary>
    /// The first question asks for one name more than the page takes, which shows whether there are more. Each further one asks for twice
    /// as many, so that a long row of deleted registers does not take a round trip for every few of them.
    /// </summary>
    private async IAsyncEnumerable<string> NamesAsync(string prefix, string after, int limit)
    {
        string? covered = after;
        for (var count = limit + 1; covered is not null; count = Math.Min(2 * count, MostNamesInQuestion))
        {
            var merged = MergedNames.Of(await AskAsync(new ListRequest(peers.Set.Id, prefix, covered, count)), peers.Quorums);
            foreach (var batch in SideBySide.Batches(merged.Registers, static register => !register.IsDecided))
            {
                var exist = await Task.WhenAll(batch.Select(ExistsAsync));
                foreach (var (register, exists) in batch.Zip(exist))
                {
                    if (exists)
                        yield return register.Name;
                }
            }

            covered = merged.CoveredUpTo;
        }
    }

    private Task<IReadOnlyList<Vote<ListReply>>> AskAsync(ListRequest request) =>
        MajorityRound<ListReply>.AskAsync(peers, grain => grain.ListAsync(request), options.ProposalTimeout, options);

    private async Task<bool> ExistsAsync(ListedRegister register) => register.IsDecided
        ? register.Exists
        : (await reader.ReadAsync(register.Name, ChosenState.Empty)).State.Exists;
}
