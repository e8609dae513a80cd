using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Verification.Linearizability;
using Orleans.Paxos.Verification.Simulation.Cluster;

namespace Orleans.Paxos.Verification.Simulation.Coordination;

/// <summary>
/// Sees all writes of the registers of sessions in true time: nobody but its owner ends a session before its time-to-live has passed since its last
/// renewal was sent, whichever silos are lost, hang or begin anew.
/// </summary>
internal sealed class SessionEnds(SimulatedCluster cluster)
{
    private readonly Dictionary<string, int> _owners = [];
    private readonly Dictionary<Guid, Write> _writes = [];

    /// <summary>A process writes the register of a session.</summary>
    public void Sent(int process, Operation write, Change change)
    {
        var value = change.Kind == ChangeKind.Delete ? null : SessionValue.Of(new RegisterEntry(0, change.Value, Deleted: false, write.RequestId, default));
        _writes[write.RequestId] = new Write(cluster.Schedule.Now, value);
        if (change.Kind == ChangeKind.Decide)
            _owners.TryAdd(write.Register, process);
    }

    /// <summary>Such a write was applied.</summary>
    public void Applied(int process, Operation write)
    {
        var end = _writes[write.RequestId];
        if (!end.Ends || process == _owners.GetValueOrDefault(write.Register) || BasisOf(write) is not { Ends: false } basis)
            return;
        var lived = TimeSpan.FromTicks(end.At - basis.At);
        if (lived < basis.Value!.TimeToLive / (1 + cluster.Parts.ClockDrift))
            cluster.Monitor.Broken.Add($"Sessions: {process} has ended '{write.Register}' {lived.TotalMilliseconds:0.0} ms after it was renewed, and it lives for {basis.Value.TimeToLive.TotalMilliseconds:0} ms.");
    }

    /// <summary>What a write has replaced.</summary>
    private Write? BasisOf(Operation write) =>
        cluster.Monitor.ChainOf(write.Register).Items.TryGetValue(write.ExpectedVersion ?? 0, out var item) ? _writes.GetValueOrDefault(item.RequestId) : null;

    private sealed record Write(long At, SessionValue? Value)
    {
        public bool Ends => Value is null or { State: SessionState.Ended };
    }
}
