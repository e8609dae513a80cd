namespace Orleans.Paxos.Silo.Http;

/// <summary>Writes the response to a change whose outcome is known.</summary>
internal static class ChangeAnswer
{
    /// <summary>Writes the response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="name">The register's name.</param>
    /// <param name="change">The requested change.</param>
    /// <param name="conditions">The request's conditions.</param>
    /// <param name="outcome">The outcome of the change.</param>
    public static Task WriteAsync(HttpResponse response, string name, Change change, Conditions conditions, ChangeOutcome outcome) => outcome switch
    {
        { Status: ChangeStatus.Applied, Entry: { } entry } => response.WriteEnvelopeAsync(name, entry),
        { Status: ChangeStatus.Applied, WrittenVersion: { } version } => response.WriteEnvelopeAsync(Envelope.OfLeft(name, version)),
        { Status: ChangeStatus.RequestIdReused } => response.WriteProblemAsync(Problems.KeyReused(name, outcome)),
        { Status: ChangeStatus.Fenced, Entry: { Guard: { } guard } entry } => response.WriteProblemAsync(Problems.Fenced(name, entry, guard, change.Fence!)),
        { Status: ChangeStatus.NotACounter } => response.WriteProblemAsync(Problems.NotACounter(name, outcome.Entry)),
        { Status: ChangeStatus.NotFound } when !conditions.IfMatch.Given => response.WriteProblemAsync(Problems.NotFound(name, outcome.Entry)),
        _ => response.WriteProblemAsync(Problems.ConditionFailed(name, outcome.Entry, Reason(conditions, outcome))),
    };

    private static string Reason(Conditions conditions, ChangeOutcome outcome) => outcome.Entry switch
    {
        null => "The register has no value: it was never written, or was deleted and forgotten.",
        { Deleted: true } tombstone => $"The register was deleted by version {tombstone.Version}.",
        { } entry when conditions.IfMatch.Any => $"The register was changed at the same moment, to version {entry.Version}.",
        { } entry when conditions.IfMatch.Version is { } version => $"The register is at version {entry.Version}, not at {version}.",
        { } entry => $"The register has a value already, of version {entry.Version}.",
    };
}
