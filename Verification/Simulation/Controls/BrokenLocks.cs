using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Paxos.Verification.Simulation.Coordination;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>
/// A deadline that is counted from the answer to a renewal and not from before it was sent: the owner's clock loses the time that the renewal took as
/// soon as it is answered.
/// </summary>
internal sealed class DeadlineFromAnswer : Parts
{
    public override bool UsesLocks => true;

    public override CoordinationParts Coordinating(CoordinationParts parts)
    {
        var clock = new Late(parts.Time);
        return parts with { Time = clock, Registers = new Timed(parts.Registers, clock) };
    }

    private sealed class Late(TimeProvider clock) : TimeProvider
    {
        public long Behind { get; set; }

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp() => clock.GetTimestamp() - Behind;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
    }

    private sealed class Timed(IRegisterClient registers, Late clock) : RegisterClientDecorator(registers)
    {
        public override async Task<ChangeOutcome> ChangeAsync(string name, Change change, ChangeOptions? options = null, CancellationToken cancellationToken = default)
        {
            var sent = clock.GetTimestamp();
            var outcome = await base.ChangeAsync(name, change, options, cancellationToken);
            if (RegisterName.IsBelow(name, ReservedNames.Sessions))
                clock.Behind += clock.GetTimestamp() - sent;
            return outcome;
        }
    }
}

/// <summary>Whoever reads a session ends it when its newest entry is older than its time-to-live by the clock on the wall.</summary>
internal sealed class ExpiryByWallClock : Parts
{
    public override bool UsesLocks => true;

    public override CoordinationParts Coordinating(CoordinationParts parts) => parts with { Registers = new Impatient(parts.Registers, parts.Time) };

    public override CoordinationParts Keeping(CoordinationParts parts) => Coordinating(parts);

    private sealed class Impatient(IRegisterClient registers, TimeProvider clock) : RegisterClientDecorator(registers)
    {
        private readonly SessionRegisters _sessions = new(registers);

        public override async Task<RegisterEntry?> ReadAsync(string name, ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default)
        {
            var entry = await base.ReadAsync(name, consistency, cancellationToken);
            if (!RegisterName.IsBelow(name, ReservedNames.Sessions) || SessionValue.Of(entry) is not { State: SessionState.Open } value || clock.GetUtcNow() - entry!.At < value.TimeToLive)
                return entry;
            await _sessions.EndAsync(SessionValue.IdOf(name)!.Value, entry, cancellationToken);
            return await base.ReadAsync(name, consistency, cancellationToken);
        }
    }
}

/// <summary>A lock that is granted without a look at whether the session has ended.</summary>
internal sealed class GrantedToTheDead : Parts
{
    public override bool UsesLocks => true;

    public override Func<LockName, AcquireOptions, CancellationToken, Task<IHolding>> Acquiring(
        CoordinationParts parts, Func<LockName, AcquireOptions, CancellationToken, Task<IHolding>> acquire) => async (name, options, cancellationToken) =>
    {
        if (options.Session is not Session session)
            return await acquire(name, options, cancellationToken);
        var bid = new Bid(name.Kind, name.Limit, session.Id, session.Owner);
        var granted = await new Contender(parts, name.Name, bid, new Immortal(session)).AcquireAsync(options.Timeout, cancellationToken);
        return granted is null ? throw new TimeoutException() : new Holding(parts, name.Name, granted, session, ownsSession: false);
    };

    private sealed class Immortal(Session session) : IBidder
    {
        public Guid Id => session.Id;

        public string Owner => session.Owner;

        public CancellationToken Lost => CancellationToken.None;

        public Task<bool> IsOpenAsync(CancellationToken cancellationToken) => Task.FromResult(true);

        public void Holds(string name) => session.Holds(name);

        public bool TryHold(string name, long token) => session.TryHold(name, token);

        public bool TryGiveUp(string name, long token) => session.TryGiveUp(name, token);

        public void ReleaseLater(Func<CancellationToken, Task> release) => session.ReleaseLater(release);
    }
}

/// <summary>A keeper that removes what belongs to a session before it asks whether the session may end: as soon as it reads it.</summary>
internal sealed class CleanedUpEarly : Parts
{
    public override bool UsesLocks => true;

    public override CoordinationParts Keeping(CoordinationParts parts) => parts with { Registers = new Hasty(parts.Registers) };

    private sealed class Hasty(IRegisterClient registers) : RegisterClientDecorator(registers)
    {
        private readonly SessionRegisters _sessions = new(registers);

        public override async Task<RegisterEntry?> ReadAsync(string name, ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default)
        {
            var entry = await base.ReadAsync(name, consistency, cancellationToken);
            if (RegisterName.IsBelow(name, ReservedNames.Sessions) && SessionValue.Of(entry) is { } value)
            {
                foreach (var attached in value.Attached)
                    await _sessions.RemoveAsync(SessionValue.IdOf(name)!.Value, attached, cancellationToken);
            }

            return entry;
        }
    }
}

/// <summary>Clocks whose rates differ by far more than locks tolerate.</summary>
internal sealed class RatesTooFarApart : Parts
{
    public override bool UsesLocks => true;

    public override double ClockDrift => 0.5;
}
