namespace Orleans.Paxos.Silo.Http;

/// <summary>The answer to a change that has its outcome.</summary>
internal static class ChangeAnswer
{
    /// <summary>Writes it.</summary>
    /// <param name="response">Where to.</param>
    /// <param name="name">The register's name.</param>
    /// <param name="change">What was asked for.</param>
    /// <param name="conditions">The request's conditions.</param>
    /// <param name="outcome">What became of it.</param>
    public static Task WriteAsync(HttpResponse response, string name, Change change, Conditions conditions, ChangeOutcome outcome) => outcome switch
    {
        { Status: ChangeStatus.Applied, Entry: { } entry } when Wrote(change, entry) => response.WriteEnvelopeAsync(name, entry),
        { Status: ChangeStatus.Applied, Entry: { } entry } => response.WriteProblemAsync(Problems.KeyReused(name, entry)),
        { Status: ChangeStatus.NotFound } when !conditions.IfMatch.Given => response.WriteProblemAsync(Problems.NotFound(name, outcome.Entry)),
        _ => response.WriteProblemAsync(Problems.ConditionFailed(name, outcome.Entry, Reason(conditions, outcome))),
    };

    /// <summary>An entry that this change would not have written is that of another change with the same request id.</summary>
    private static bool Wrote(Change change, RegisterEntry entry) =>
        change.Kind == ChangeKind.Delete ? entry.Deleted : !entry.Deleted && entry.Value.AsSpan().SequenceEqual(change.Value);

    private static string Reason(Conditions conditions, ChangeOutcome outcome) => outcome.Entry switch
    {
        null => "The register was never written.",
        { Deleted: true } tombstone => $"The register was deleted by version {tombstone.Version}.",
        { } entry when conditions.IfMatch.Any => $"The register was changed at the same moment, to version {entry.Version}.",
        { } entry when conditions.IfMatch.Version is { } version => $"The register is at version {entry.Version}, not at {version}.",
        { } entry => $"The register has a value already, of version {entry.Version}.",
    };
}
