namespace Orleans.Paxos.Client.Coordination;

/// <summary>What anyone can do with the registers of locks.</summary>
internal sealed class LockRegisters(IRegisterClient registers, SessionRegisters sessions)
{
    /// <summary>Reads a lock.</summary>
    public Task<RegisterEntry?> ReadAsync(string name, CancellationToken cancellationToken) =>
        registers.ReadAsync(ReservedNames.OfLock(name), ReadConsistency.Linearizable, cancellationToken);

    /// <summary>Reads who holds a lock.</summary>
    public async Task<ImmutableArray<HolderInfo>> HoldersAsync(string name, CancellationToken cancellationToken) =>
        [.. LockValue.Of(await ReadAsync(name, cancellationToken)).Holders.Select(static holder => holder.ToInfo())];

    /// <summary>The holders of a lock whose sessions have ended, so that they hold it no more.</summary>
    public async Task<IReadOnlySet<Guid>> GoneAsync(LockValue value, CancellationToken cancellationToken)
    {
        var ended = await Task.WhenAll(value.Holders.Select(holder => sessions.HasEndedAsync(holder.Session, cancellationToken)));
        return value.Holders.Where((_, index) => ended[index]).Select(static holder => holder.Session).ToHashSet();
    }

    /// <summary>Takes those out of a lock whose sessions have ended.</summary>
    public async Task CleanUpAsync(string name, CancellationToken cancellationToken)
    {
        var entry = await ReadAsync(name, cancellationToken);
        var value = LockValue.Of(entry);
        var gone = await GoneAsync(value, cancellationToken);
        if (gone.Count > 0 || (value.Holders.IsEmpty && entry is { Deleted: false }))
            await registers.ReplaceAsync(ReservedNames.OfLock(name), entry, value.Without(gone.Contains).ToChange(), cancellationToken);
    }
}
