using System.Net;
using System.Text.Json;
using Orleans.Paxos.Verification.Chaos.Calls;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Tests.Chaos;

/// <summary>How HTTP responses are interpreted.</summary>
public sealed class CallAnswerTests
{
    private const string Value = """{"version":7,"value":"x","deleted":false,"requestId":"3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b"}""";
    private const string Tombstone = """{"version":7,"value":null,"deleted":true,"requestId":"3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b"}""";
    private const string Never = """{"version":0,"value":null,"deleted":false,"requestId":null}""";
    private const string Left = """{"version":7,"value":null,"deleted":null,"requestId":null}""";
    private const string Problem = """{"type":"urn:x","floor":5}""";

    [Theory]
    [InlineData("Set", null, 200, Value, "Applied", 7)]
    [InlineData("Delete", null, 200, Tombstone, "Applied", 7)]
    [InlineData("Set", null, 200, Left, "Applied", 7)]
    [InlineData("Delete", null, 404, Tombstone, "NotFound", 7)]
    [InlineData("Delete", null, 404, Never, "NotFound", 0)]
    [InlineData("Delete", 7, 412, Tombstone, "NotFound", 7)]
    [InlineData("Delete", 3, 412, Value, "VersionMismatch", 7)]
    [InlineData("CompareAndSet", 3, 412, Value, "VersionMismatch", 7)]
    [InlineData("CompareAndSet", 3, 412, Never, "VersionMismatch", 0)]
    [InlineData("Decide", null, 412, Value, "AlreadyDecided", 7)]
    [InlineData("Set", null, 503, Problem, "Unavailable", 0)]
    [InlineData("Set", null, 504, Problem, "Unknown", 0)]
    [InlineData("Set", null, 500, Problem, "Unknown", 0)]
    [InlineData("Read", null, 200, Value, "Seen", 7)]
    [InlineData("Read", null, 404, Tombstone, "Seen", 7)]
    [InlineData("StaleRead", null, 404, Never, "Seen", 0)]
    [InlineData("History", null, 200, "[" + Value + "]", "Seen", 7)]
    [InlineData("History", null, 404, Never, "Seen", 0)]
    public void It_is_read_as_what_it_means(string kind, int? expected, int status, string body, string answer, long shown)
    {
        var call = CallAnswer.Read(Call(kind, expected), (HttpStatusCode)status, JsonDocument.Parse(body).RootElement);
        Assert.Equal((answer, shown), (call.Answer.ToString(), call.ShownVersion));
    }

    [Fact]
    public void An_answer_to_something_else_is_an_error() =>
        Assert.Throws<InvalidDataException>(() => CallAnswer.Read(Call("Set", null), HttpStatusCode.UnprocessableEntity, JsonDocument.Parse(Problem).RootElement));

    [Fact]
    public void The_floor_of_an_unknown_outcome_is_kept() =>
        Assert.Equal((5L, null), (CallAnswer.Floor(JsonDocument.Parse(Problem).RootElement), CallAnswer.Floor(JsonDocument.Parse("[]").RootElement)));

    [Theory]
    [InlineData("Set", null, "PUT http://x/v1/registers/r", "Idempotency-Key Paxos-Floor")]
    [InlineData("CompareAndSet", 3, "PUT http://x/v1/registers/r", "Idempotency-Key Paxos-Floor If-Match")]
    [InlineData("Decide", null, "PUT http://x/v1/registers/r", "Idempotency-Key Paxos-Floor If-None-Match")]
    [InlineData("Delete", 3, "DELETE http://x/v1/registers/r", "Idempotency-Key Paxos-Floor If-Match")]
    [InlineData("Read", null, "GET http://x/v1/registers/r", "")]
    [InlineData("StaleRead", null, "GET http://x/v1/registers/r?consistency=stale", "")]
    [InlineData("History", null, "GET http://x/v1/history/r", "")]
    public void A_call_becomes_a_request(string kind, int? expected, string line, string headers)
    {
        using var request = CallRequest.Create(new Uri("http://x"), Call(kind, expected), floor: 2);
        Assert.Equal(line, $"{request.Method} {request.RequestUri}");
        Assert.Equal(headers, string.Join(' ', request.Headers.Select(header => header.Key).Where(name => name != "Accept")));
    }

    private static Operation Call(string kind, int? expected) => new()
    {
        Client = 1,
        Register = "r",
        Kind = Enum.Parse<OperationKind>(kind),
        ExpectedVersion = expected,
        Invoked = 1,
        Returned = 2,
    };
}
