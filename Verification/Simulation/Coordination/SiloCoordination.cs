using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Coordination;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Coordination;

/// <summary>What a silo has for sessions and locks: keepers, lines, and the rounds that wake keepers. All of it goes with the process.</summary>
internal sealed class SiloCoordination
{
    private readonly Machine _machine;
    private readonly CoordinationParts _parts;
    private readonly Dictionary<string, WaitingLine> _lines = [];
    private readonly Dictionary<string, SessionKeeper> _keepers = [];

    public SiloCoordination(Machine machine, CoordinationParts parts, IGrainFactory grains)
    {
        (_machine, _parts) = (machine, parts);
        var rounds = new SessionRounds(parts, grains, NullLogger<SessionRounds>.Instance);
        machine.Post(() => _ = rounds.RunAsync(CancellationToken.None));
    }

    /// <summary>Gets the line of those who wait for a lock.</summary>
    public WaitingLine LineOf(string register)
    {
        if (!_lines.TryGetValue(register, out var line))
            _lines.Add(register, line = new WaitingLine(_machine.Clock));
        return line;
    }

    /// <summary>Gets the keeper of a share of the sessions.</summary>
    public SessionKeeper KeeperOf(string share)
    {
        if (!_keepers.TryGetValue(share, out var keeper))
            _keepers.Add(share, keeper = new SessionKeeper(_parts.Sessions, _parts.Locks, _machine.Clock, NullLogger<SessionKeeper>.Instance));

        return keeper;
    }
}
