namespace Orleans.Paxos.Client.Coordination;

/// <summary>
/// Writes registers that belong to a session: the session's register names each of them, with the version that it had, before it is written. Whoever ends
/// the session removes it then, and sees to it that no write comes late.
/// </summary>
/// <param name="registers">The registers.</param>
/// <param name="session">The session.</param>
/// <param name="attach">Writes into the session's register that another register belongs to it.</param>
internal sealed class AttachedWrite(IRegisterClient registers, Guid session, Func<AttachedRegister, CancellationToken, Task> attach)
{
    /// <summary>Stands for a condition that does not hold: no register has this version, so the change is refused, unless its request was applied before.</summary>
    private const long Never = long.MaxValue;

    /// <summary>Writes a register, as a compare-and-set on what it is now.</summary>
    /// <param name="name">The register's name.</param>
    /// <param name="change">What to write: a set, a compare-and-set or a decision.</param>
    /// <param name="options">The request id and the floor; null for new ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The outcome; refused if the condition does not hold, or if another wrote at the same moment.</returns>
    public async Task<ChangeOutcome> RunAsync(string name, Change change, ChangeOptions? options, CancellationToken cancellationToken)
    {
        var before = await registers.ReadAsync(name, ReadConsistency.Linearizable, cancellationToken);
        var version = before?.Version ?? 0;
        var exists = before is { Deleted: false };
        var isAllowed = change.Kind switch
        {
            ChangeKind.Decide => !exists,
            ChangeKind.CompareAndSet => change.ExpectedVersion == version,
            _ => true,
        };
        if (isAllowed && !(exists && before!.Session == session))
            await attach(new AttachedRegister(name, version), cancellationToken);
        var conditional = change with { Kind = ChangeKind.CompareAndSet, ExpectedVersion = isAllowed ? version : Never, Session = session };
        var floor = version > 0 ? version : (long?)null;
        return await registers.ChangeAsync(name, conditional, options ?? new ChangeOptions(Floor: floor), cancellationToken);
    }
}
