using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Reads a value from the body of a request, up to the maximum size of a value.</summary>
internal static class RequestBody
{
    /// <summary>Reads the whole body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limitBytes">The maximum size of a value in bytes.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="RegisterValueTooLargeException">The body is over the limit; the rest of it was not read.</exception>
    /// <exception cref="ProblemException">The headers say that the body is not the value as it is.</exception>
    /// <exception cref="BadHttpRequestException">The body ended early, is malformed or came too slowly.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context, int limitBytes)
    {
        BodyHeaders.EnsureWholeValue(context);
        if (context.Request.ContentLength > limitBytes)
            throw TooLarge(context, context.Request.ContentLength.Value, limitBytes);

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await ReadSomeAsync(context, reader);
            if (read.Buffer.Length > limitBytes)
            {
                var tooLarge = TooLarge(context, read.Buffer.Length, limitBytes);
                reader.AdvanceTo(read.Buffer.End); // the server continues reading where this ended
                throw tooLarge;
            }

            if (read.IsCompleted)
            {
                var value = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return value;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Refuses a body: what a request says is in its target.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="ProblemException">It has one, or may have one.</exception>
    public static void EnsureNone(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
            return;
        context.Response.Headers.Connection = "close"; // the body stays unread
        throw new ProblemException(Problems.BadRequest("bad-request", "A body is not expected", "POST adds the number in ?add= and takes no body."));
    }

    /// <summary>Whatever keeps a body from being read is a fault of the request; the server does not report every one of them as such.</summary>
    private static async ValueTask<ReadResult> ReadSomeAsync(HttpContext context, PipeReader reader)
    {
        try
        {
            return await reader.ReadAsync(context.RequestAborted);
        }
        catch (Exception exception) when (exception is not (BadHttpRequestException or OperationCanceledException))
        {
            throw new BadHttpRequestException($"The body of the request cannot be read. {exception.Message}", exception);
        }
    }

    private static RegisterValueTooLargeException TooLarge(HttpContext context, long sizeBytes, int limitBytes)
    {
        // Closes the connection: reading the rest of the body just to keep it is not worthwhile.
        context.Response.Headers.Connection = "close";
        return new RegisterValueTooLargeException(sizeBytes, limitBytes);
    }
}
