using System.Net;
using System.Text.Json;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos.Calls;

/// <summary>What an answer over HTTP tells the caller.</summary>
internal static class CallAnswer
{
    /// <summary>Reads an answer.</summary>
    /// <param name="call">The call, as it was sent.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="body">Its JSON.</param>
    /// <returns>The call with what was told.</returns>
    /// <exception cref="InvalidDataException">That is no answer to a call of this tool's.</exception>
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

    /// <summary>The floor in an answer; null when there is none.</summary>
    public static long? Floor(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("floor", out var floor) ? floor.GetInt64() : null;

    /// <summary>The entry of an envelope.</summary>
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

    /// <summary>HTTP only says that the condition was not met. Which condition that was follows from the entry in the answer.</summary>
    private static Answer Refusal(Operation call, JsonElement problem) => call.Kind switch
    {
        OperationKind.Decide => Answer.AlreadyDecided,
        OperationKind.Delete when call.ExpectedVersion == problem.GetProperty("version").GetInt64() => Answer.NotFound,
        _ => Answer.VersionMismatch,
    };
}
