using System.Net;
using Microsoft.AspNetCore.Routing;
using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Tests.Http;

/// <summary>What each key allows when keys are configured.</summary>
public sealed class KeyTests : IAsyncLifetime
{
    private const string Writer = "writer-key-0123456789";
    private const string Reader = "reader-key-0123456789";

    private readonly HttpHost _host = new();

    public ValueTask InitializeAsync()
    {
        _host.Options.Keys = new HttpKeys([Writer, "writer-key-in-rotation"], [Reader, "reader-key-in-rotation"]);
        return _host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_path_but_those_of_health_wants_a_key()
    {
        var open = new List<string>();
        var closed = new List<string>();
        foreach (var (method, path) in _host.Paths.SelectMany(Requests))
        {
            var response = await SendAsync(method, path, null);
            (response.StatusCode == HttpStatusCode.Unauthorized ? closed : open).Add($"{method} {path}");
        }

        Assert.Equal(["GET /health/live", "GET /health/ready", "HEAD /health/live", "HEAD /health/ready"], open.Order());
        Assert.Equal(
            [
                "DELETE /v1/acceptors/change", "DELETE /v1/elections/x", "DELETE /v1/locks/x", "DELETE /v1/registers/x", "DELETE /v1/sessions/x",
                "GET /", "GET /v1/acceptors", "GET /v1/backup/registers", "GET /v1/backup/watermarks", "GET /v1/elections/x", "GET /v1/history/x", "GET /v1/locks/x", "GET /v1/registers", "GET /v1/registers/x",
                "GET /v1/sessions", "GET /v1/sessions/x", "GET /v1/status", "GET /v1/watch", "GET /v1/watch/x",
                "HEAD /v1/acceptors", "HEAD /v1/backup/registers", "HEAD /v1/backup/watermarks", "HEAD /v1/elections/x", "HEAD /v1/history/x", "HEAD /v1/locks/x", "HEAD /v1/registers", "HEAD /v1/registers/x",
                "HEAD /v1/sessions", "HEAD /v1/sessions/x", "HEAD /v1/status",
                "POST /v1/acceptors", "POST /v1/elections/x", "POST /v1/locks/x", "POST /v1/registers/x", "POST /v1/sessions",
                "PUT /v1/backup/registers", "PUT /v1/backup/watermarks", "PUT /v1/elections/x", "PUT /v1/registers/x", "PUT /v1/sessions/x",
            ],
            closed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("POST", "/v1/registers/x")]
    [InlineData("DELETE", "/health/live")]
    [InlineData("GET", "/health/live/x")]
    [InlineData("GET", "/health")]
    [InlineData("GET", "/health/live/../../v1/registers/x")]
    [InlineData("GET", "/health/live%2F..%2F..%2Fv1%2Fregisters%2Fx")]
    [InlineData("GET", "/v1/registers/../../health/live")]
    [InlineData("GET", "/v1/registers//health/live")]
    [InlineData("GET", "/v1/registers/x?/health/live")]
    [InlineData("GET", "/V1/REGISTERS/x")]
    [InlineData("GET", "http://localhost/v1/registers/x")]
    [InlineData("OPTIONS", "*")]
    public async Task No_other_spelling_gets_around_it(string method, string target) =>
        Assert.StartsWith("HTTP/1.1 401 ", await _host.SendRawAsync(HttpHost.Request(method, target)));

    /// <summary>A backup has what is reserved, too.</summary>
    [Theory]
    [InlineData("GET", "/v1/backup/registers")]
    [InlineData("HEAD", "/v1/backup/registers")]
    [InlineData("GET", "/v1/backup/watermarks")]
    [InlineData("PUT", "/v1/backup/registers")]
    [InlineData("PUT", "/v1/backup/watermarks")]
    public async Task A_key_that_reads_takes_and_restores_no_backup(string method, string path) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(method, path, $"Bearer {Reader}")).StatusCode);

    [Theory]
    [InlineData(Reader, "GET", HttpStatusCode.OK)]
    [InlineData("reader-key-in-rotation", "GET", HttpStatusCode.OK)]
    [InlineData(Writer, "GET", HttpStatusCode.OK)]
    [InlineData(Writer, "PUT", HttpStatusCode.OK)]
    [InlineData("writer-key-in-rotation", "PUT", HttpStatusCode.OK)]
    [InlineData(Writer, "DELETE", HttpStatusCode.OK)]
    [InlineData(Writer, "PATCH", HttpStatusCode.MethodNotAllowed)]
    [InlineData(Writer, "POST", HttpStatusCode.BadRequest)]
    [InlineData(Reader, "PUT", HttpStatusCode.Forbidden)]
    [InlineData(Reader, "DELETE", HttpStatusCode.Forbidden)]
    [InlineData(Reader, "POST", HttpStatusCode.Forbidden)]
    public async Task A_key_has_its_rights_and_no_more(string key, string method, HttpStatusCode expected)
    {
        await _host.Registers.ChangeAsync("x", Change.Set([1]));
        var changes = _host.Registers.Changes;
        Assert.Equal(expected, (await SendAsync(method, "/v1/registers/x", $"Bearer {key}")).StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK && method != "GET" ? changes + 1 : changes, _host.Registers.Changes);
    }

    [Theory]
    [InlineData(null, "have a key")]
    [InlineData("", "malformed")]
    [InlineData("Bearer", "malformed")]
    [InlineData("Bearer ", "malformed")]
    [InlineData(Writer, "malformed")]
    [InlineData($"Basic {Writer}", "malformed")]
    [InlineData($"Bearer {Writer} {Writer}", "malformed")]
    [InlineData($"Bearer{Writer}", "malformed")]
    [InlineData("Bearer x", "none of this silo's")]
    [InlineData("Bearer writer-key-012345678", "none of this silo's")]
    [InlineData("Bearer writer-key-01234567890", "none of this silo's")]
    [InlineData("Bearer WRITER-KEY-0123456789", "none of this silo's")]
    [InlineData($"Bearer {Writer},{Reader}", "none of this silo's")]
    [InlineData($"Bearer \"{Writer}\"", "none of this silo's")]
    public async Task Anything_else_is_401_with_how_it_is_done(string? header, string reason)
    {
        var response = await SendAsync("GET", "/v1/registers/x", header);
        var problem = await HttpAssert.ProblemAsync(response, HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Contains(reason, problem.GetProperty("detail").GetString());
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).ToString());
        Assert.True(response.Headers.ConnectionClose);
    }

    [Fact]
    public async Task Two_headers_are_none()
    {
        var both = $"Authorization: Bearer {Writer}\r\nAuthorization: Bearer {Writer}\r\n";
        Assert.StartsWith("HTTP/1.1 401 ", await _host.SendRawAsync(HttpHost.Request("GET", "/v1/status", both)));
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    [InlineData("Bearer ")]
    public async Task The_scheme_is_read_as_RFC_9110_has_it(string scheme) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/v1/status", $"{scheme} {Reader}")).StatusCode);

    [Theory]
    [InlineData("", "401")]
    [InlineData($"Authorization: Bearer {Reader}\r\n", "403")]
    public async Task The_body_of_a_refused_request_is_neither_asked_for_nor_awaited(string header, string status)
    {
        var announced = await _host.SendRawAsync($"PUT /v1/registers/x HTTP/1.1\r\nHost: x\r\n{header}Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", announced);
        var begun = await _host.SendRawAsync($"PUT /v1/registers/x HTTP/1.1\r\nHost: x\r\n{header}Content-Length: 1000\r\n\r\nhalf");
        Assert.StartsWith($"HTTP/1.1 {status} ", begun);
        Assert.Contains("Connection: close\r\n", begun);
        Assert.Equal(0, _host.Registers.Changes);
    }

    [Fact]
    public async Task A_read_only_key_is_told_so()
    {
        var problem = await HttpAssert.ProblemAsync(await SendAsync("PUT", "/v1/registers/x", $"Bearer {Reader}"), HttpStatusCode.Forbidden, "read-only-key");
        Assert.Contains("read-write key", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Where_no_key_is_configured_everything_is_open()
    {
        await using var open = new HttpHost();
        await open.InitializeAsync();
        Assert.Equal(HttpStatusCode.OK, (await open.Client.PutAsync("/v1/registers/x", new ByteArrayContent([1]))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await open.Client.GetAsync("/v1/registers/x")).StatusCode);
    }

    private static IEnumerable<(string Method, string Path)> Requests(RouteEndpoint path) =>
        path.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (method, path.RoutePattern.RawText!.Replace("{**name}", "x").Replace("{id}", "x")));

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? authorization)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (authorization is not null)
            Assert.True(request.Headers.TryAddWithoutValidation("Authorization", authorization));
        if (method == "PUT")
            request.Content = new ByteArrayContent([2]);
        return await _host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
