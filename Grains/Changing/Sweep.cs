using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using static Orleans.Paxos.TaskExtensions;

namespace Orleans.Paxos.Changing;

/// <summary>
/// Carries every register over to the acceptors after a change: it lists the names at a majority of the acceptors before it, and has the state of each,
/// with its history, accepted again in the joint set. It can be taken again from any name.
/// </summary>
/// <param name="peers">The acceptors.</param>
/// <param name="propose">Runs a proposal.</param>
/// <param name="options">The timeouts.</param>
internal sealed class Sweep(AcceptorPeers peers, Func<ProposeRequest, Task<ProposeResult>> propose, PaxosOptions options)
{
    private const int NamesInPage = 256;
    private const int MostAtOnce = 32;

    /// <summary>Carries a page of registers over.</summary>
    /// <param name="joint">The joint set.</param>
    /// <param name="after">Where the page begins; empty for the first one.</param>
    /// <param name="perSecond">How many registers in a second at most; 0 to take at most half of the time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="QuorumUnavailableException">No majority answered, or the set is not that one any more.</exception>
    public async Task<SweptPage> PageAsync(AcceptorSet joint, string after, int perSecond, CancellationToken cancellationToken)
    {
        var began = peers.Clock.GetTimestamp();
        var limit = perSecond == 0 ? NamesInPage : Math.Clamp(perSecond, 1, NamesInPage);
        var (set, pages) = await MajorityRound<ListReply>.AskAsync(
            peers, (acceptor, id) => acceptor.ListAsync(new ListRequest(id, "", after, limit)), options.ProposalTimeout, options);
        if (set.Set != joint)
            throw new QuorumUnavailableException($"The set is [{set.Set}] meanwhile.", null);
        var merged = MergedNames.Of(set, pages);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, TaskScheduler = TaskScheduler.Current, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(merged.Registers.Select(static register => register.Name), parallel, async (register, _) => await CarryOverAsync(register));
        var took = peers.Clock.GetElapsedTime(began);
        var pause = perSecond == 0 ? took : Longer(TimeSpan.Zero, TimeSpan.FromSeconds((double)merged.Registers.Count / perSecond) - took);
        await Task.Delay(pause.RoundedUp(), peers.Clock, cancellationToken);
        return new SweptPage(merged.Registers.Count, merged.CoveredUpTo, peers.Clock.GetElapsedTime(began));
    }

    private async Task CarryOverAsync(string register)
    {
        var result = await propose(ProposeRequest.CarryOver(register));
        if (result.Status != ProposeStatus.Decided)
            throw new QuorumUnavailableException(result.Answered, peers.Current.Set.Majority);
    }
}

/// <summary>A page of registers that were carried over.</summary>
/// <param name="Registers">How many.</param>
/// <param name="Through">The last of their names; null if none follow.</param>
/// <param name="Took">How long it took, the pause after it included.</param>
internal readonly record struct SweptPage(int Registers, string? Through, TimeSpan Took);
