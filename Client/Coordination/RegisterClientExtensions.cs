namespace Orleans.Paxos.Client.Coordination;

/// <summary>Changes that build on what was read.</summary>
internal static class RegisterClientExtensions
{
    /// <summary>Replaces an entry that was read, if it is still the newest.</summary>
    /// <param name="registers">The registers.</param>
    /// <param name="name">The register.</param>
    /// <param name="entry">What was read.</param>
    /// <param name="change">The change, without an expected version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<ChangeOutcome> ReplaceAsync(
        this IRegisterClient registers, string name, RegisterEntry? entry, Change change, CancellationToken cancellationToken)
    {
        var version = entry?.Version ?? 0;
        var conditional = change with { Kind = change.Kind == ChangeKind.Set ? ChangeKind.CompareAndSet : change.Kind, ExpectedVersion = version };

        // A version that was read is a floor, which saves asking for one.
        return registers.ChangeAsync(name, conditional, version > 0 ? new ChangeOptions(Floor: version) : null, cancellationToken);
    }

    /// <summary>
    /// Writes a version after one that was read, without a change to the value: a write that expects the version read, and is still under way, comes too late
    /// then. A register without a value has an empty one until it is deleted again, which may fail: it belongs to the session until then.
    /// </summary>
    /// <returns>Whether the version was written.</returns>
    public static async Task<bool> OvertakeAsync(this IRegisterClient registers, string name, RegisterEntry? entry, Guid session, CancellationToken cancellationToken)
    {
        var again = entry is { Deleted: false } ? Change.Set(entry.Value) with { Session = entry.Session } : Change.Set([]) with { Session = session };
        var outcome = entry is null
            ? await registers.ChangeAsync(name, Change.Decide([]) with { Session = session }, cancellationToken: cancellationToken) // see SessionRegisters.OpenAsync
            : await registers.ReplaceAsync(name, entry, again with { Fence = entry.Guard }, cancellationToken);
        if (outcome.Status != ChangeStatus.Applied)
            return false;
        if (entry is null or { Deleted: true })
            await registers.ReplaceAsync(name, outcome.Entry, Change.Delete() with { Fence = entry?.Guard }, cancellationToken);
        return true;
    }

    /// <summary>Whether the failure of a call says nothing about what is asked for: it can be tried again.</summary>
    public static bool IsPassing(this Exception exception) => exception is QuorumUnavailableException or OutcomeUnknownException or OperationCanceledException;
}
