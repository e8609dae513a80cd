using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Proposers;

/// <summary>Runs a quorum read until it finds a chosen state. If no majority agrees, a round has a state accepted again.</summary>
/// <param name="quorum">Reads what a majority holds.</param>
/// <param name="repair">Runs a proposal without changes and returns what it found chosen.</param>
/// <param name="peers">The acceptors.</param>
/// <param name="options">The timeouts.</param>
internal sealed class LinearizableReader(
    QuorumReader quorum, Func<string, Task<ProposeResult>> repair, AcceptorPeers peers, PaxosOptions options)
{
    private const int ReadsBeforeRepair = 3;
    private static readonly TimeSpan PauseBetweenReads = TimeSpan.FromMilliseconds(2);

    /// <summary>Returns a chosen state at least as new as everything acknowledged before the call began (I7).</summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<ChosenState> ReadAsync(string register, ChosenState known)
    {
        var startedAt = peers.Clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var late = peers.Clock.GetElapsedTime(startedAt) >= options.ProposalTimeout;
            var view = await quorum.ReadOnceAsync(register, known);
            if (view.Agreed is { } agreed)
                return agreed;
            if (view.MajorityAnswered && (late || attempt >= ReadsBeforeRepair))
                return await RepairAsync(register);
            if (late) // keep trying until then, because acceptors may come back
                throw new QuorumUnavailableException(view.Answered, peers.Current.Set.Majority);
            await Task.Delay(PauseBetweenReads * attempt, peers.Clock);
        }
    }

    /// <summary>Runs a proposal without changes and returns what it found chosen.</summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<ChosenState> RepairAsync(string register)
    {
        var result = await repair(register);
        return result.Chosen ?? throw new QuorumUnavailableException(result.Answered, peers.Current.Set.Majority);
    }
}
