using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// Writes the values of a plan to registers. A register that already has its value gets no new version. The others are
/// written by compare-and-set on the version that was read, so that no concurrent change is overwritten.
/// </summary>
/// <param name="registers">The registers.</param>
/// <param name="maxValueBytes">The maximum size of a value in bytes.</param>
/// <param name="parallel">The number of registers that are imported at the same time.</param>
/// <param name="dryRun">Whether to read without writing.</param>
internal sealed class Importer(IRegisterClient registers, int maxValueBytes, int parallel, bool dryRun)
{
    private const int ShapeAttempts = 5;

    /// <param name="plan">What to write.</param>
    /// <param name="report">Called for every register, from several threads.</param>
    /// <param name="cancellationToken">Ends the import between two registers.</param>
    /// <exception cref="ImportStoppedException">The import could not continue.</exception>
    public async Task RunAsync(ImportPlan plan, Action<ImportResult> report, CancellationToken cancellationToken)
    {
        // The shape comes first: should the import stop half-way, what it wrote has its types.
        if (plan.Shape is { } shape)
            await StopAtAsync(plan, plan.Prefix.ShapeName, () => WriteShapeAsync(plan, shape, cancellationToken));
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };

        // Ignores the loop's token: when one register stops the import, writes in progress still complete and are counted.
        await Parallel.ForEachAsync(plan.Values, options, async (value, _) =>
            await StopAtAsync(plan, value.Name, async () => report(await WriteAsync(value, cancellationToken))));
    }

    private async Task WriteShapeAsync(ImportPlan plan, ShapeGroup shape, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= ShapeAttempts; attempt++)
        {
            var current = await registers.ReadAsync(plan.Prefix.ShapeName, ReadConsistency.Linearizable, cancellationToken);
            var older = plan.IsStrict ? null : StoredShape.Read(plan.Prefix.ShapeName, current);
            var document = ImportPlan.CheckShape(older is null ? shape : shape.Over(older), maxValueBytes);
            var result = await WriteOverAsync(new PlannedValue(plan.Prefix.ShapeName, document), current, cancellationToken);
            if (result.Effect != ImportEffect.Refused)
                return;
        }

        throw new UsageException($"Other imports under '{plan.Prefix}' are running at the same time.", "Wait until they have ended, then import again.");
    }

    private async Task<ImportResult> WriteAsync(PlannedValue planned, CancellationToken cancellationToken)
    {
        var current = await registers.ReadAsync(planned.Name, ReadConsistency.Linearizable, cancellationToken);
        return await WriteOverAsync(planned, current, cancellationToken);
    }

    private async Task<ImportResult> WriteOverAsync(PlannedValue planned, RegisterEntry? current, CancellationToken cancellationToken)
    {
        var version = current?.Version ?? 0;
        if (planned.IsThatOf(current))
            return new ImportResult(planned.Name, ImportEffect.Unchanged, version);

        var effect = planned.Value is null ? ImportEffect.Deleted : current is { Deleted: false } ? ImportEffect.Changed : ImportEffect.Created;
        if (dryRun)
            return new ImportResult(planned.Name, effect, version);
        var change = planned.Value is { } value ? Change.CompareAndSet(value, version) : Change.Delete(version);
        var outcome = await registers.ChangeAsync(planned.Name, change, new ChangeOptions(UniqueId.New(), version), cancellationToken);
        return new ImportResult(planned.Name, EffectOf(planned, outcome, effect), outcome.Version);
    }

    /// <summary>Another writer may have been first with the same value, as another import of the same file is.</summary>
    private static ImportEffect EffectOf(PlannedValue planned, ChangeOutcome outcome, ImportEffect intended) =>
        outcome.Status == ChangeStatus.Applied ? intended
        : planned.IsThatOf(outcome.Entry) ? ImportEffect.Unchanged
        : ImportEffect.Refused;

    private static async Task StopAtAsync(ImportPlan plan, string name, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new ImportStoppedException(plan.Activity, name, exception);
        }
    }
}
