using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Http;

/// <summary>A complete response of the HTTP interface.</summary>
internal sealed record HttpAnswer(Uri Server, HttpStatusCode Status, string? MediaType, byte[] Body, bool HasNextPage)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public bool IsProblem => MediaType == Http.Problem.MediaType;

    public bool IsProblemOf(string type) => IsProblem && Problem().Type == type;

    /// <exception cref="UnexpectedAnswerException">The body is not the expected JSON.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw Unexpected("the answer is the JSON null.");
        }
        catch (JsonException exception)
        {
            throw Unexpected($"the answer to a request is not the JSON expected ({exception.Message})");
        }
    }

    public Problem Problem() => Read(WireJson.Relaxed.Problem);

    public UnexpectedAnswerException Unexpected(string what) => new(Server, what);
}
