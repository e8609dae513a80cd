using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Writes HTTP responses.</summary>
internal static class Answers
{
    /// <summary>The JSON format of all responses: camel case, with non-ASCII text unescaped.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a 200 response with JSON.</summary>
    public static Task WriteJsonAsync<T>(this HttpResponse response, T body) =>
        response.WriteAsync(StatusCodes.Status200OK, "application/json", JsonSerializer.SerializeToUtf8Bytes(body, Json));

    /// <summary>Writes a 201 response with JSON and the address of what was created.</summary>
    public static Task WriteCreatedAsync<T>(this HttpResponse response, string location, T body)
    {
        response.Headers.Location = location;
        return response.WriteAsync(StatusCodes.Status201Created, "application/json", JsonSerializer.SerializeToUtf8Bytes(body, Json));
    }

    /// <summary>Answers 202: what was asked for has begun, and goes on.</summary>
    public static Task WriteBegunAsync(this HttpResponse response, object body) =>
        response.WriteAsync(StatusCodes.Status202Accepted, "application/json", JsonSerializer.SerializeToUtf8Bytes(body, Json));

    /// <summary>Answers 200 with the envelope of an entry and its tag.</summary>
    public static Task WriteEnvelopeAsync(this HttpResponse response, string name, RegisterEntry entry) =>
        response.WriteEnvelopeAsync(Envelope.Of(name, entry));

    /// <summary>Answers 200 with an envelope and its tag.</summary>
    public static Task WriteEnvelopeAsync(this HttpResponse response, Envelope envelope)
    {
        response.Headers.ETag = EntityTag.Of(envelope.Version);
        return response.WriteJsonAsync(envelope);
    }

    /// <summary>Writes a 200 response with the bytes and the entity tag of a value.</summary>
    public static Task WriteValueAsync(this HttpResponse response, RegisterEntry entry)
    {
        response.Headers.ETag = EntityTag.Of(entry.Version);
        return response.WriteAsync(StatusCodes.Status200OK, "application/octet-stream", entry.Value);
    }

    /// <summary>Writes a problem response.</summary>
    public static Task WriteProblemAsync(this HttpResponse response, Problem problem)
    {
        if (problem.Members.TryGetValue("version", out var version))
            response.Headers.ETag = EntityTag.Of((long)version!);
        if (problem.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = "1";
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?>(problem.All()), Json);
        return response.WriteAsync(problem.Status, "application/problem+json", body);
    }

    private static async Task WriteAsync(this HttpResponse response, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        var context = response.HttpContext;
        await context.AnswerHasAsync(body.Length);
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-cache";
        if (HttpMethods.IsHead(context.Request.Method))
            await response.StartAsync();
        else
            await context.RequestServices.GetRequiredService<SlowReaders>().SendAsync(context, body, context.RequestAborted);
    }
}
