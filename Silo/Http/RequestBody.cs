using System.Buffers;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Reads a value from the body of a request, up to the maximum size of a value.</summary>
internal static class RequestBody
{
    /// <summary>Reads the whole body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limitBytes">The maximum size of a value in bytes.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="RegisterValueTooLargeException">The body exceeds the limit; the rest of it was not read.</exception>
    /// <exception cref="BadHttpRequestException">The body ended early, is malformed or arrived too slowly.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context, int limitBytes)
    {
        if (context.Request.ContentLength > limitBytes)
            throw TooLarge(context, context.Request.ContentLength.Value, limitBytes);

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
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

    private static RegisterValueTooLargeException TooLarge(HttpContext context, long sizeBytes, int limitBytes)
    {
        // Closes the connection: reading the rest of the body just to keep it is not worthwhile.
        context.Response.Headers.Connection = "close";
        return new RegisterValueTooLargeException(sizeBytes, limitBytes);
    }
}
