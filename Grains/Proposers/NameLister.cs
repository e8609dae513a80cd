using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Proposers;

/// <summary>Lists names by merging the indexes of a majority of acceptors. Every majority knows every acknowledged register.</summary>
/// <param name="peers">The acceptors.</param>
/// <param name="exists">Reads whether a register has a value, when the acceptors' answers do not tell.</param>
/// <param name="options">The timeouts.</param>
internal sealed class NameLister(AcceptorPeers peers, Func<string, Task<bool>> exists, PaxosOptions options)
{
    /// <summary>Returns a page of the names of registers that have a value.</summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<NamePage> ListAsync(string prefix, string after, int limit)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        for (var more = true; more;)
        {
            var replies = await AskAsync(new ListRequest(peers.Set.Id, prefix, after, limit));
            var covered = Covered(replies);
            more = covered is not null;
            foreach (var (name, views) in Merge(replies, covered))
            {
                if (names.Count == limit)
                    return new NamePage(names.ToImmutable(), More: true);
                if (await HasValueAsync(name, views))
                    names.Add(name);
            }

            after = covered ?? after;
        }

        return new NamePage(names.ToImmutable(), More: false);
    }

    private async Task<List<ListReply>> AskAsync(ListRequest request)
    {
        var votes = await MajorityRound<ListReply>.AskAsync(peers, grain => grain.ListAsync(request), options.ProposalTimeout, options);
        return [.. votes.Select(vote => vote.Reply)];
    }

    /// <summary>Returns the name up to which every answer is complete; null when all are complete to the end.</summary>
    private static string? Covered(List<ListReply> replies) =>
        replies.Where(reply => reply.More).Select(reply => reply.Names[^1].Name).Min(NameOrder.Instance);

    private static SortedDictionary<string, List<ListedName>> Merge(List<ListReply> replies, string? covered)
    {
        var merged = new SortedDictionary<string, List<ListedName>>(NameOrder.Instance);
        foreach (var view in replies.SelectMany(reply => reply.Names))
        {
            if (covered is not null && NameOrder.Instance.Compare(view.Name, covered) > 0)
                continue;
            if (!merged.TryGetValue(view.Name, out var views))
                merged.Add(view.Name, views = []);
            views.Add(view);
        }

        return merged;
    }

    private async Task<bool> HasValueAsync(string name, List<ListedName> views)
    {
        if (ProposerRules.Agreed(views, static view => view.Accepted, Ballot.None, peers.Quorums) is { } agreed)
            return views.Find(view => view.Accepted == agreed)!.Exists;
        return await exists(name);
    }
}
