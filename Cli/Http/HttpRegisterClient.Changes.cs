using System.Net;
using System.Net.Http.Headers;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Http;

internal sealed partial class HttpRegisterClient
{
    private const string RequestIdHeader = "Idempotency-Key";
    private const string FloorHeader = "Paxos-Floor";
    private const string FenceHeader = "Paxos-Fence";

    /// <summary>Sends a change.</summary>
    public async Task<ChangeOutcome> ChangeAsync(string name, Change change, ChangeOptions? options, CancellationToken cancellationToken)
    {
        change = options?.ApplyTo(change) ?? change;
        var requestId = options?.RequestId ?? UniqueId.New();
        using var request = ChangeRequest(name, change, requestId, options?.Floor);
        try
        {
            var answer = await AskAsync(request, cancellationToken);
            return Outcome(name, change, answer);
        }
        catch (Exception exception) when (exception is AnswerLostException or UnexpectedAnswerException)
        {
            throw new OutcomeUnknownException(requestId, options?.Floor ?? 0, exception.Message);
        }
    }

    private HttpRequestMessage ChangeRequest(string name, Change change, Guid requestId, long? floor)
    {
        var request = change.Kind switch
        {
            ChangeKind.Add => Request(HttpMethod.Post, address.Addition(name, change)),
            ChangeKind.Delete => Request(HttpMethod.Delete, address.Register(name)),
            _ => Request(HttpMethod.Put, address.Register(name)),
        };
        // The handler does not resend a request that has a body, even an empty one. If it did, a refused second connection
        // would look as if nothing had been sent.
        request.Content = new ByteArrayContent(change.Kind == ChangeKind.Add ? [] : change.Value);
        if (change.Kind == ChangeKind.Decide)
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        else if (change.ExpectedVersion is { } version)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        request.Headers.Add(RequestIdHeader, requestId.ToString());
        if (floor is { } known)
            request.Headers.Add(FloorHeader, known.ToString());
        if (change.Fence is { } fence)
            request.Headers.Add(FenceHeader, fence.ToHeader());
        return request;
    }

    private static ChangeOutcome Outcome(string name, Change change, HttpAnswer answer)
    {
        switch (answer.Status)
        {
            case HttpStatusCode.OK:
                return WrittenWithId(ChangeStatus.Applied, answer, name);
            case HttpStatusCode.UnprocessableEntity when answer.IsProblemOf(Problem.KeyReused):
                return WrittenWithId(ChangeStatus.RequestIdReused, answer, name);
            case HttpStatusCode.PreconditionFailed when answer.IsProblemOf(Problem.Fenced):
                return Refused(ChangeStatus.Fenced, Entry(answer, name));
            case HttpStatusCode.Conflict when answer.IsProblemOf(Problem.NotACounter):
                return Refused(ChangeStatus.NotACounter, Entry(answer, name));
            case HttpStatusCode.PreconditionFailed:
                return Refused(change, Entry(answer, name));
            case HttpStatusCode.NotFound when answer.IsProblemOf(Problem.NotFound):
                return Refused(change, Entry(answer, name));
            default:
                throw HttpProblems.ToException(answer);
        }
    }

    private static ChangeOutcome WrittenWithId(ChangeStatus status, HttpAnswer answer, string name)
    {
        var version = answer.Read(WireJson.Relaxed.Envelope).Version;
        return version > 0 ? new ChangeOutcome(status, Entry(answer, name), version, version) : throw answer.Unexpected("an entry has no version.");
    }

    private static ChangeOutcome Refused(Change change, RegisterEntry? current)
    {
        var status = change.Kind switch
        {
            ChangeKind.Decide => ChangeStatus.AlreadyDecided,
            ChangeKind.Delete when current is null or { Deleted: true } => ChangeStatus.NotFound,
            _ => ChangeStatus.VersionMismatch,
        };
        return Refused(status, current);
    }

    private static ChangeOutcome Refused(ChangeStatus status, RegisterEntry? current) => new(status, current, current?.Version ?? 0);
}
