using System.Net;
using System.Text.Json;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos.Calls;

/// <summary>Interprets an HTTP response as the answer to a call.</summary>
internal static class CallAnswer
{
    /// <summary>Interprets a response.</summary>
    /// <param name="call">The call, as it was sent.</param>
    /// <param name="status">The status of the response.</param>
    /// <param name="body">The JSON of the response.</param>
    /// <returns>The call with its answer.</returns>
    /// <exception cref="InvalidDataException">The response is not an answer to any call of this tool.</exception>
    public static Operation Read(Operation call, HttpStatusCode status, JsonElement body) => status switch
    {
        HttpStatusCode.OK when call.Kind == OperationKind.History => call with { Answer = Answer.Seen, Entries = [.. body.EnumerateArray().Select(Entry)] },
        HttpStatusCode.OK when call.IsChange => call with { Answer = Answer.Applied, Entries = [Written(call, body)] },
        HttpStatusCode.OK => call with { Answer = Answer.Seen, Entries = [Entry(body)] },
        HttpStatusCode.NotFound => call with { Answer = call.IsChange ? Answer.NotFound : Answer.Seen, Entries = Current(body) },
        HttpStatusCode.PreconditionFailed => call with { Answer = Refusal(call, body), Entries = Current(body) },
        HttpStatusCode.ServiceUnavailable => call with { Answer = Answer.Unavailable },
        HttpStatusCode.GatewayTimeout or HttpStatusCode.InternalServerError => call with { Answer = Answer.Unknown },
        _ => throw new InvalidDataException($"{call.Name()} was answered with status {(int)status}: {body}."),
    };

    /// <summary>Gets the floor in a response; null when there is none.</summary>
    public static long? Floor(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("floor", out var floor) ? floor.GetInt64() : null;

    /// <summary>Gets the entry of an envelope.</summary>
    public static Observed Entry(JsonElement envelope) => new(
        envelope.GetProperty("version").GetInt64(),
        envelope.GetProperty("requestId").GetGuid(),
        envelope.GetProperty("deleted").GetBoolean(),
        envelope.GetProperty("value").GetString() ?? "");

    /// <summary>What a change wrote; the answer has no more than its version if that has left the history.</summary>
    private static Observed Written(Operation call, JsonElement envelope) => envelope.GetProperty("requestId").ValueKind == JsonValueKind.Null
        ? call.WrittenAs(envelope.GetProperty("version").GetInt64())
        : Entry(envelope);

    private static ImmutableArray<Observed> Current(JsonElement problem) =>
        problem.GetProperty("version").GetInt64() == 0 ? [] : [Entry(problem)];

    /// <summary>Gets the reason for a refusal. HTTP says only that the condition was not met; the entry in the response shows which condition it was.</summary>
    private static Answer Refusal(Operation call, JsonElement problem) => call.Kind switch
    {
        OperationKind.Decide => Answer.AlreadyDecided,
        OperationKind.Delete when call.ExpectedVersion == problem.GetProperty("version").GetInt64() => Answer.NotFound,
        _ => Answer.VersionMismatch,
    };
}
