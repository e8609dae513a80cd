using System.Text.Json;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos.Calls;

/// <summary>Sends calls to silos and records their outcomes.</summary>
/// <param name="http">The HTTP client.</param>
/// <param name="clock">The clock.</param>
/// <param name="recorder">Records the calls.</param>
internal sealed class SiloCaller(HttpClient http, RunClock clock, CallRecorder recorder)
{
    /// <summary>Sends a call and waits until it ends.</summary>
    /// <param name="silo">The URL of the silo.</param>
    /// <param name="wish">The call to make.</param>
    /// <param name="floor">For a retried change: a version that was known before the first attempt.</param>
    /// <param name="patience">How long to wait.</param>
    /// <returns>The call with its answer, and the floor in the response.</returns>
    public async Task<(Operation Call, long? Floor)> SendAsync(Uri silo, Operation wish, long? floor, TimeSpan patience)
    {
        var started = clock.Elapsed;
        var call = wish with { Invoked = clock.NextMoment() };
        using var ended = clock.Patience(patience);
        var (done, named) = await AnswerAsync(silo, call, floor, ended.Token);
        recorder.Add(new Recorded(done, started, clock.Elapsed));
        return (done, named);
    }

    private async Task<(Operation Call, long? Floor)> AnswerAsync(Uri silo, Operation call, long? floor, CancellationToken cancellationToken)
    {
        try
        {
            using var request = CallRequest.Create(silo, call, floor);
            using var response = await http.SendAsync(request, cancellationToken);
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            var answered = CallAnswer.Read(call, response.StatusCode, body.RootElement) with { Returned = clock.NextMoment() };
            return (answered, CallAnswer.Floor(body.RootElement));
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError && call.Kind != OperationKind.Delete)
        {
            // Without a connection, the call was not sent. For DELETE this is not certain: it has no body, so it may have been sent
            // over a connection that broke, and then resent.
            return (call with { Answer = Answer.Unavailable, Returned = clock.NextMoment() }, null);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return (call, null); // it never returned: the silo may still be processing it
        }
    }
}
