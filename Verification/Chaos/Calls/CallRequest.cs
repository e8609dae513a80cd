using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos.Calls;

/// <summary>Converts a call to an HTTP request.</summary>
internal static class CallRequest
{
    /// <summary>Creates the request.</summary>
    /// <param name="silo">The URL of the silo.</param>
    /// <param name="call">The call.</param>
    /// <param name="floor">For a retried change: a version that was known before the first attempt.</param>
    public static HttpRequestMessage Create(Uri silo, Operation call, long? floor)
    {
        var path = call.Kind == OperationKind.History ? "history" : "registers";
        var query = call.Kind == OperationKind.StaleRead ? "?consistency=stale" : "";
        var request = new HttpRequestMessage(Method(call.Kind), new Uri(silo, $"/v1/{path}/{call.Register}{query}"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (!call.IsChange)
            return request;

        request.Headers.Add("Idempotency-Key", call.RequestId.ToString());
        if (floor is { } version)
            request.Headers.Add("Paxos-Floor", version.ToString(CultureInfo.InvariantCulture));
        if (call.ExpectedVersion is { } expected)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{expected}\"")));
        if (call.Kind == OperationKind.Decide)
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        if (call.Kind != OperationKind.Delete)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(call.Value));
        return request;
    }

    private static HttpMethod Method(OperationKind kind) => kind switch
    {
        OperationKind.Delete => HttpMethod.Delete,
        OperationKind.Set or OperationKind.CompareAndSet or OperationKind.Decide => HttpMethod.Put,
        _ => HttpMethod.Get,
    };
}
