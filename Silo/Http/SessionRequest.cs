using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Silo.Http;

/// <summary>The body of a request that opens a session.</summary>
/// <param name="TtlSeconds">The time-to-live; null for the default.</param>
/// <param name="Owner">Whose it is; null for the caller's address.</param>
internal sealed record SessionRequest(double? TtlSeconds, string? Owner)
{
    private const int MostBytes = 4096;

    /// <summary>A member that is misspelt would change nothing, and its sender would not know.</summary>
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>Reads the body.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The options; the defaults if there is no body.</returns>
    /// <exception cref="ProblemException">The body is not as it has to be.</exception>
    public static async Task<SessionOptions> ReadAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, MostBytes);
        var request = body.Length == 0 ? new SessionRequest(null, null) : Parse(body);
        var seconds = request.TtlSeconds ?? new SessionOptions().TimeToLive.TotalSeconds;
        if (!(seconds >= SessionOptions.ShortestTimeToLive.TotalSeconds && seconds <= SessionOptions.LongestTimeToLive.TotalSeconds))
            throw new ProblemException(CoordinationProblems.BadBody($"'ttlSeconds' is {seconds}; it takes a number from 1 to {SessionOptions.LongestTimeToLive.TotalSeconds}."));
        var options = new SessionOptions { TimeToLive = TimeSpan.FromSeconds(seconds), Owner = request.Owner ?? $"http {context.Connection.RemoteIpAddress}" };
        options.Validate();
        return options;
    }

    private static SessionRequest Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<SessionRequest>(body, Strict) ?? throw Bad("it is the JSON null");
        }
        catch (JsonException exception)
        {
            throw Bad(exception.Message.TrimEnd('.'));
        }
    }

    private static ProblemException Bad(string reason) => new(CoordinationProblems.BadBody(
        "The body of a request that opens a session is empty, or a JSON object with the members 'ttlSeconds' (a number) and 'owner' (a text), both of which may be left out. " + $"This one cannot be read: {reason}."));
}
