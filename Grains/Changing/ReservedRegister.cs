using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Changing;

/// <summary>A register in which the cluster keeps something about itself. Whoever writes it must have read it.</summary>
/// <param name="name">The register's name.</param>
/// <param name="peers">The acceptors.</param>
/// <param name="propose">Runs a proposal.</param>
/// <param name="options">The timeouts.</param>
/// <param name="newId">Creates the id of a request.</param>
internal sealed class ReservedRegister(
    string name, AcceptorPeers peers, Func<ProposeRequest, Task<ProposeResult>> propose, PaxosOptions options, Func<Guid> newId)
{
    private readonly LinearizableReader _reader = new(new QuorumReader(peers, options), register => propose(ProposeRequest.Repair(register)), peers, options);

    /// <summary>Reads the register.</summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<ChosenState> ReadAsync()
    {
        var chosen = await _reader.ReadAsync(name, ChosenState.Empty);
        return chosen.IsFloor() ? chosen : await _reader.RepairAsync(name);
    }

    /// <summary>Writes a value in place of what was read.</summary>
    /// <returns>False if somebody else was faster; nothing was written.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered. Nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">It may have been written.</exception>
    public async Task<bool> WriteAsync(ChosenState read, byte[] value)
    {
        var change = new ChangeRequest(newId(), Change.CompareAndSet(value, read.State.Version), peers.Clock.GetUtcNow(), read.Floor());
        var result = await propose(new ProposeRequest(name, [change], Prepared: null));
        return result.Status switch
        {
            ProposeStatus.Decided => result.Outcomes[0].Status == ChangeStatus.Applied,
            ProposeStatus.Unavailable => throw new QuorumUnavailableException(result.Answered, peers.Current.Set.Majority),
            _ => throw new OutcomeUnknownException(change.RequestId, change.Floor, $"No majority is known to have accepted a change of '{name}'."),
        };
    }
}
