using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Sends a change so that it can be retried when its answer is lost.</summary>
internal static class ChangeSender
{
    public static async Task<ChangeOutcome> SendAsync(
        IRegisterClient registers,
        string name,
        Change change,
        ChangeOptions options,
        CancellationToken cancellationToken)
    {
        // Reads the floor of a new request first. With the floor, the cluster can tell whether the request was applied as long
        // as its history reaches back that far. Without it, the cluster can tell only for registers with few versions.
        var floor = options.Floor ?? (options.RequestId is null ? await VersionAsync(registers, name, cancellationToken) : null);
        var requestId = options.RequestId ?? UniqueId.New();
        try
        {
            var outcome = await registers.ChangeAsync(name, change, options with { RequestId = requestId, Floor = floor }, cancellationToken);
            return outcome.Status == ChangeStatus.RequestIdReused ? throw Reused(requestId, outcome) : outcome;
        }
        catch (OperationCanceledException)
        {
            throw new OutcomeUnknownException(requestId, floor ?? 0, "Interrupted before the answer came.");
        }
    }

    private static UsageException Reused(Guid requestId, ChangeOutcome outcome) => new(
        $"The request id {requestId} belongs to another change, which wrote version {outcome.WrittenVersion}. Nothing was written now.",
        $"Leave out {ResendOptions.RequestIdName} for a new change.");

    private static async Task<long> VersionAsync(IRegisterClient registers, string name, CancellationToken cancellationToken) =>
        (await registers.ReadAsync(name, ReadConsistency.Linearizable, cancellationToken))?.Version ?? 0;
}
