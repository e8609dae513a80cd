namespace Orleans.Paxos.Cli.Load.Targets;

/// <summary>A target that uses the client library over any connection.</summary>
/// <param name="registers">The client.</param>
/// <param name="name">The name in reports.</param>
public sealed class RegisterTarget(IRegisterClient registers, string name = "paxos") : ILoadTarget
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken)
    {
        var outcome = await registers.ChangeAsync(register, Change.Set(value), options: null, cancellationToken);
        if (outcome.Status != ChangeStatus.Applied)
            throw new InvalidOperationException($"The write of '{register}' was not applied: {outcome.Status}.");
    }

    /// <inheritdoc/>
    public async Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken)
    {
        var consistency = linearizable ? ReadConsistency.Linearizable : ReadConsistency.Stale;
        if (await registers.ReadAsync(register, consistency, cancellationToken) is not { Deleted: false })
            throw new InvalidOperationException($"'{register}' has no value, although one was written.");
    }

    /// <inheritdoc/>
    public async Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken)
    {
        await foreach (var batch in registers.WatchAsync(register, after: 0, cancellationToken))
        {
            foreach (var entry in batch.Entries)
                seen(entry.Version, entry.Value);
        }
    }

    /// <inheritdoc/>
    public async Task WatchPrefixAsync(string prefix, Action<bool> listing, Action<string, long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken)
    {
        await foreach (var batch in registers.WatchPrefixAsync(prefix, cursor: "", cancellationToken))
        {
            if (batch.Begins)
                listing(true);
            foreach (var (name, versions) in batch.Events)
            {
                foreach (var entry in versions.Entries)
                    seen(name, entry.Version, entry.Value);
            }

            if (batch.Listed)
                listing(false);
        }
    }
}
