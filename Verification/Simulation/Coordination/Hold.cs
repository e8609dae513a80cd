using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Coordination;

/// <summary>
/// A lock that a process was given, as its handle would say if it was asked at this moment of true time. Nothing is asked that changes the handle: it
/// is held until it is released, or until its session has nothing left by the clock of its process, whether the process runs, hangs, or looks.
/// </summary>
internal sealed class Hold(LockName name, IHolding holding, Machine machine)
{
    public LockName Name => name;

    public IHolding Holding => holding;

    public Machine Machine => machine;

    /// <summary>Whether its release was begun.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>Whether the handle says that it is held. A process that is gone has no handle.</summary>
    public bool IsHeld => machine.IsAlive && !IsGivenUp && holding.Session.Remaining > TimeSpan.Zero;

    public override string ToString() => $"'{name.Name}' with token {holding.Token} in session {holding.Session.Id:N} of {machine.Place}";
}
