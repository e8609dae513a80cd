using System.Text.Json;

namespace Orleans.Paxos.Verification;

/// <summary>Sends calls to silos and records what came of them.</summary>
/// <param name="http">The connections.</param>
/// <param name="clock">The clock.</param>
/// <param name="recorder">Where calls are recorded.</param>
internal sealed class SiloCaller(HttpClient http, RunClock clock, CallRecorder recorder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Sends a call and waits for its end.</summary>
    /// <returns>The call with what was told, and the floor that the answer names.</returns>
    public async Task<(Operation Call, long? Floor)> SendAsync(Uri silo, Operation wish, long? floor, CancellationToken cancellationToken)
    {
        var started = clock.Elapsed;
        var call = wish with { Invoked = clock.NextMoment() };
        var (answered, named) = await AnswerAsync(silo, call, floor, cancellationToken);
        var done = answered with { Returned = clock.NextMoment() };
        recorder.Add(new Recorded(done, started, clock.Elapsed));
        return (done, named);
    }

    private async Task<(Operation Call, long? Floor)> AnswerAsync(Uri silo, Operation call, long? floor, CancellationToken cancellationToken)
    {
        using var patience = clock.Patience(Patience, cancellationToken);
        try
        {
            using var request = CallRequest.Create(silo, call, floor);
            using var response = await http.SendAsync(request, patience.Token);
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(patience.Token));
            return (CallAnswer.Read(call, response.StatusCode, body.RootElement), CallAnswer.Floor(body.RootElement));
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError && call.Kind != OperationKind.Delete)
        {
            // No connection, so it was not sent. Of a DELETE that is not sure: it has no body, so it may have been sent over
            // a connection that broke, and then again.
            return (call with { Answer = Answer.Unavailable }, null);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return (call with { Answer = Answer.Unknown }, null);
        }
    }
}
