using System.Net;
using System.Text;

namespace Orleans.Paxos.Tests.Http;

/// <summary>The table of errors, and malformed or hostile input.</summary>
public sealed class ErrorTests : IAsyncLifetime
{
    private readonly HttpHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task No_majority_is_503_with_who_answered()
    {
        _host.Registers.Failure = new QuorumUnavailableException(["a2"], 2);
        var response = await _host.Client.PutAsync("/v1/registers/x", new ByteArrayContent([1]));
        var problem = await HttpAssert.ProblemAsync(response, HttpStatusCode.ServiceUnavailable, "quorum-unavailable");
        Assert.Equal("a2", Assert.Single(problem.GetProperty("answered").EnumerateArray()).GetString());
        Assert.Equal(2, problem.GetProperty("needed").GetInt32());
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("Retry-After")));
        await HttpAssert.ProblemAsync(await _host.Client.GetAsync("/v1/registers"), HttpStatusCode.ServiceUnavailable, "quorum-unavailable");
        await HttpAssert.ProblemAsync(await _host.Client.GetAsync("/v1/history/x"), HttpStatusCode.ServiceUnavailable, "quorum-unavailable");
    }

    [Fact]
    public async Task An_unknown_outcome_is_504_with_what_a_retry_needs()
    {
        var id = UniqueId.New();
        _host.Registers.Failure = new OutcomeUnknownException(id, 41, "No majority accepted in time.");
        var response = await _host.Client.PutAsync("/v1/registers/x", new ByteArrayContent([1]));
        var problem = await HttpAssert.ProblemAsync(response, HttpStatusCode.GatewayTimeout, "outcome-unknown");
        Assert.Equal((id, 41), (problem.GetProperty("requestId").GetGuid(), problem.GetProperty("floor").GetInt64()));
    }

    [Fact]
    public async Task Another_acceptor_set_is_500_with_both_sets()
    {
        _host.Registers.Failure = new AcceptorSetMismatchException("epoch 1: a", "epoch 2: b");
        var problem = await HttpAssert.ProblemAsync(await _host.Client.GetAsync("/v1/registers/x"), HttpStatusCode.InternalServerError, "acceptor-set-mismatch");
        Assert.Equal(("epoch 1: a", "epoch 2: b"), (problem.GetProperty("own").GetString(), problem.GetProperty("other").GetString()));
    }

    [Fact]
    public async Task A_value_that_the_register_refuses_is_413()
    {
        _host.Registers.Failure = new RegisterValueTooLargeException(11, 10);
        var problem = await HttpAssert.ProblemAsync(await _host.Client.PutAsync("/v1/registers/x", new ByteArrayContent([1])), HttpStatusCode.RequestEntityTooLarge, "value-too-large");
        Assert.Equal((11, 10), (problem.GetProperty("sizeBytes").GetInt64(), problem.GetProperty("limitBytes").GetInt64()));
    }

    [Fact]
    public async Task A_refused_argument_is_400_without_the_name_of_a_parameter()
    {
        _host.Registers.Failure = new ArgumentException("The change is odd.", "change");
        var problem = await HttpAssert.ProblemAsync(await _host.Client.PutAsync("/v1/registers/x", new ByteArrayContent([1])), HttpStatusCode.BadRequest, "bad-argument");
        Assert.StartsWith("The change is odd. ", problem.GetProperty("detail").GetString());
        Assert.DoesNotContain("Parameter", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task An_unexpected_error_shows_no_internals()
    {
        _host.Registers.Failure = new InvalidOperationException("secret internals");
        var response = await _host.Client.GetAsync("/v1/registers/x");
        await HttpAssert.ProblemAsync(response, HttpStatusCode.InternalServerError, "unexpected");
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/nothing/here")]
    [InlineData("/v1")]
    [InlineData("//v1/registers/x")]
    [InlineData("/v1//registers/x")]
    public async Task An_unknown_path_is_404(string path)
    {
        var answer = await _host.SendRawAsync(HttpHost.Request("GET", path));
        Assert.StartsWith("HTTP/1.1 404 ", answer);
        Assert.Contains("application/problem+json", answer);
    }

    [Theory]
    [InlineData("PATCH", "/v1/registers/x", "DELETE, GET, HEAD, POST, PUT")]
    [InlineData("BREW", "/v1/registers/x", "DELETE, GET, HEAD, POST, PUT")]
    [InlineData("DELETE", "/v1/history/x", "GET, HEAD")]
    [InlineData("HEAD", "/v1/watch/x", "GET")]
    [InlineData("PUT", "/v1/status", "GET, HEAD")]
    public async Task Another_method_is_405_with_those_allowed(string method, string path, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var response = await _host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order()));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /v1/registers/x\r\n\r\n")]
    [InlineData("GET /v1/registers/x HTTP/9.9\r\n\r\n")]
    [InlineData("GET /v1/registers/x HTTP/1.1\r\n\r\n")]
    [InlineData("GET /v1/registers/\u00ff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")]
    [InlineData("CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\nConnection: close\r\n\r\n")]
    [InlineData("PUT /v1/registers/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("PUT /v1/registers/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz")]
    [InlineData("\0\0\0\0\r\n\r\n")]
    public async Task What_is_hardly_HTTP_is_a_4xx(string request) =>
        Assert.Matches(@"^HTTP/1\.1 (4\d\d|505) ", await _host.SendRawAsync(request));

    [Fact]
    public async Task A_huge_header_and_a_huge_target_are_4xx()
    {
        var huge = new string('x', 100_000);
        Assert.StartsWith("HTTP/1.1 431 ", await _host.SendRawAsync(HttpHost.Request("GET", "/v1/registers/x", $"If-Match: {huge}\r\n")));
        Assert.StartsWith("HTTP/1.1 414 ", await _host.SendRawAsync(HttpHost.Request("GET", $"/v1/registers/{huge}")));
    }

    [Fact]
    public async Task Random_input_never_ends_in_500_or_silence()
    {
        const int Seed = 20260;
        var random = new Random(Seed);
        string[] methods = ["GET", "HEAD", "PUT", "DELETE", "POST", "OPTIONS"];
        string[] paths = ["/v1/registers/", "/v1/registers", "/v1/history/", "/v1/status", "/health/ready", "/"];
        string[] headers = ["If-Match", "If-None-Match", "Idempotency-Key", "Paxos-Floor", "Paxos-Fence", "Accept", "Last-Event-ID", "Range", "Content-Encoding", "Content-Type"];
        for (var round = 0; round < 400; round++)
        {
            var target = paths[random.Next(paths.Length)] + Text(" \r\n\0\t") + (random.Next(3) == 0 ? "?" + Text(" \r\n\0\t") : "");
            var lines = new StringBuilder();
            for (var count = random.Next(3); count > 0; count--)
                lines.Append($"{headers[random.Next(headers.Length)]}: {Text("\r\n\0")}\r\n");
            var request = HttpHost.Request(methods[random.Next(methods.Length)], target, lines.ToString(), random.Next(2) == 0 ? "" : new string('b', random.Next(1100)));
            var answer = await _host.SendRawAsync(request);
            Assert.True(answer.StartsWith("HTTP/1.1 ") && !answer.StartsWith("HTTP/1.1 5"), $"seed {Seed}, round {round}: {request}\n=> {answer}");
        }

        string Text(string without)
        {
            const string Odd = "ab/%2F%zz%00%ff\"*,;=&+?#\\!.~\u00e9\u00ff\u007f{}<>()W0179 \t\r\n\0";
            return string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Odd[random.Next(Odd.Length)]).Where(character => !without.Contains(character)));
        }
    }
}
