using System.Runtime.CompilerServices;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Backups;

/// <summary>
/// Writes a backup into a cluster that has none of its names. All new names of the cluster begin above the bump first, and then each register is
/// written. Repeated, it goes on.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="source">The same, to read what it has.</param>
/// <param name="repeated">Repeats calls.</param>
/// <param name="backup">The backup, which was checked.</param>
/// <param name="reader">Its file.</param>
/// <param name="bump">How much higher the versions are that it writes.</param>
internal sealed class Restore(IBackupClient client, BackupSource source, Repeated repeated, CheckedBackup backup, BackupReader reader, long bump)
{
    private const int BucketsAtOnce = 1024;

    /// <summary>Makes sure that every register of the backup is new to the cluster, or was restored before.</summary>
    /// <exception cref="RefusedException">One is not.</exception>
    public async Task EnsureNoneIsThereAsync(Action<int> progress, CancellationToken cancellationToken)
    {
        var buckets = await source.BucketsAsync(cancellationToken);
        if (buckets != backup.Header.Buckets || backup.Above.Keys.Any(bucket => bucket >= buckets))
            throw new RefusedException($"The backup is of a cluster with {backup.Header.Buckets} buckets of names, and this one has {buckets}. Nothing was written.");
        var done = 0;
        await foreach (var (restored, held) in PairsAsync(cancellationToken))
        {
            if (held is not null && !RestoredRegister.IsIn(held, restored))
                throw new RefusedException($"The register '{restored.Name}' is there already, at version {held.Entries[^1].Version}. A backup is restored into a cluster that has none of its registers. Nothing was written.");
            progress(++done);
        }
    }

    /// <summary>Raises what new names begin above, for names that the backup knows to be forgotten and for those that it does not know.</summary>
    public async Task RaiseAsync(CancellationToken cancellationToken)
    {
        foreach (var page in Enumerable.Range(0, backup.Header.Buckets).Chunk(BucketsAtOnce))
        {
            ImmutableArray<BucketWatermark> raised = [.. page.Select(AboveIn)];
            await repeated.AskAsync(
                async () =>
                {
                    await client.RaiseWatermarksAsync(raised, cancellationToken);
                    return true;
                },
                cancellationToken);
        }
    }

    /// <summary>Writes the registers that are not there.</summary>
    /// <returns>How many were written.</returns>
    /// <exception cref="ImportStoppedException">One could not be written.</exception>
    public async Task<int> WriteAsync(int atOnce, Action<int> progress, CancellationToken cancellationToken)
    {
        var (written, done) = (0, 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(PairsAsync(cancellationToken), options, async (pair, stop) =>
        {
            if (pair.Held is null)
            {
                await WriteAsync(pair.Restored, stop);
                Interlocked.Increment(ref written);
            }

            progress(Interlocked.Increment(ref done));
        });
        return written;
    }

    private async Task WriteAsync(RegisterHistory restored, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await repeated.AskAsync(() => client.RestoreAsync(restored, cancellationToken), cancellationToken);
            if (outcome.Status != ChangeStatus.Applied)
                throw new RefusedException($"somebody else wrote it meanwhile, version {outcome.Version}. Restore into a cluster that nothing else writes to.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new ImportStoppedException("restore", restored.Name, exception);
        }
    }

    private BucketWatermark AboveIn(int bucket)
    {
        var known = backup.Above.GetValueOrDefault(bucket);
        return new BucketWatermark(bucket, known.Version + bump, known.Forgotten, Round: 0);
    }

    /// <summary>Each register of the backup, and what the cluster has of it. Both are in the same order, so they are read side by side.</summary>
    private async IAsyncEnumerable<(RegisterHistory Restored, RegisterHistory? Held)> PairsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var held = HeldAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var isThere = await held.MoveNextAsync();
        await foreach (var line in reader.ReadAsync(cancellationToken))
        {
            if (line.Register is not { } register)
                continue;
            while (isThere && BackupOrder.Instance.Compare(held.Current.Name, register.Name) < 0)
                isThere = await held.MoveNextAsync();
            yield return (RestoredRegister.Of(register, bump), isThere && held.Current.Name == register.Name ? held.Current : null);
        }
    }

    private async IAsyncEnumerable<RegisterHistory> HeldAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in source.PagesAsync(backup.Header.Prefix, cancellationToken))
        {
            foreach (var history in page.Registers)
                yield return history;
        }
    }
}
