namespace Orleans.Paxos.Client.Coordination;

/// <summary>What sessions and locks are made of.</summary>
/// <param name="Registers">The registers, reserved ones included.</param>
/// <param name="Keepers">Tells keepers of sessions.</param>
/// <param name="Lines">Where those stand who wait.</param>
/// <param name="Time">The clock.</param>
/// <param name="ClockRateTolerance">By what share the rates of any two clocks may differ.</param>
/// <param name="NewId">Creates ids of sessions and tickets.</param>
/// <param name="Background">Where sessions are renewed: not where the caller runs, which may be a grain that is busy.</param>
internal sealed record CoordinationParts(
    IRegisterClient Registers,
    IKeepers Keepers,
    IWaitingLines Lines,
    TimeProvider Time,
    double ClockRateTolerance,
    Func<Guid> NewId,
    TaskScheduler Background)
{
    /// <summary>Enough to keep a cluster busy, and few enough that each is answered before it is sent again.</summary>
    private const int MostRenewalsAtOnce = 128;

    /// <summary>Through which the sessions of this process are renewed.</summary>
    public RenewalGate Renewals { get; } = new(MostRenewalsAtOnce);

    /// <summary>The sessions' registers. Made each time, so that a copy with other registers has those.</summary>
    public SessionRegisters Sessions => new(Registers);

    /// <summary>The locks' registers.</summary>
    public LockRegisters Locks => new(Registers, Sessions);
}
