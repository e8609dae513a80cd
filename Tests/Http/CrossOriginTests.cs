using System.Net;
using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Tests.Http;

/// <summary>CORS: what a browser lets a page of an allowed origin do, and no other page.</summary>
public sealed class CrossOriginTests : IAsyncLifetime
{
    private const string Key = "a-key-of-sixteen-or-more";
    private const string Console = "https://console.example";

    private readonly HttpHost _host = new();

    public ValueTask InitializeAsync()
    {
        _host.Options.Keys = new HttpKeys([Key], []);
        _host.Options.AllowedOrigins = [Console, "http://localhost:3000"];
        return _host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(Console)]
    [InlineData("http://localhost:3000")]
    public async Task A_preflight_needs_no_key(string origin)
    {
        var response = await PreflightAsync(_host, origin, "PUT", "authorization,if-match,idempotency-key,paxos-floor");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(origin, Single(response, "Access-Control-Allow-Origin"));
        Assert.Contains("PUT", Single(response, "Access-Control-Allow-Methods"));
        Assert.Equal("authorization,if-match,idempotency-key,paxos-floor", Single(response, "Access-Control-Allow-Headers"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task A_page_may_fence_its_changes_and_add()
    {
        var response = await PreflightAsync(_host, Console, "POST", "authorization,paxos-fence");
        Assert.Contains("POST", Single(response, "Access-Control-Allow-Methods"));
        Assert.Contains("paxos-fence", Single(response, "Access-Control-Allow-Headers"));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://console.example:8443")]
    [InlineData("http://console.example")]
    [InlineData("https://sub.console.example")]
    [InlineData("null")]
    public async Task Another_origin_is_allowed_nothing(string origin)
    {
        Assert.False((await PreflightAsync(_host, origin, "PUT", "authorization")).Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False((await SendAsync(origin, "/v1/registers")).Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/v1/registers/x", HttpStatusCode.OK)]
    [InlineData("/v1/registers/never", HttpStatusCode.NotFound)]
    [InlineData("/v1/registers/%ff", HttpStatusCode.BadRequest)]
    [InlineData("/v1/registers?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    public async Task A_page_may_read_answers_and_errors_with_their_headers(string path, HttpStatusCode status)
    {
        await _host.Registers.ChangeAsync("x", Change.Set([1]));
        var response = await SendAsync(Console, path);
        Assert.Equal((status, Console), (response.StatusCode, Single(response, "Access-Control-Allow-Origin")));
        var exposed = Single(response, "Access-Control-Expose-Headers").Split(',');
        Assert.All(["ETag", "Link", "Retry-After"], header => Assert.Contains(header, exposed));
        Assert.Contains("Origin", response.Headers.Vary);
    }

    [Fact]
    public async Task A_page_without_a_key_is_told_so()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/registers/x") { Headers = { { "Origin", Console } } };
        var response = await _host.Client.SendAsync(request);
        Assert.Equal((HttpStatusCode.Unauthorized, Console), (response.StatusCode, Single(response, "Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task A_watch_is_open_to_a_page_too()
    {
        var response = await SendAsync(Console, "/v1/watch/x");
        Assert.Equal((HttpStatusCode.OK, Console), (response.StatusCode, Single(response, "Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Without_keys_an_allowed_origin_gets_its_preflight_and_another_is_refused()
    {
        await using var open = new HttpHost();
        open.Options.AllowedOrigins = [Console];
        await open.InitializeAsync();
        Assert.Equal(Console, Single(await PreflightAsync(open, Console, "PUT", "if-match"), "Access-Control-Allow-Origin"));
        Assert.False((await PreflightAsync(open, "https://evil.example", "PUT", "if-match")).Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task It_is_off_by_default()
    {
        await using var plain = new HttpHost();
        plain.Options.Keys = new HttpKeys([Key], []);
        await plain.InitializeAsync();
        var response = await PreflightAsync(plain, Console, "PUT", "authorization");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static async Task<HttpResponseMessage> PreflightAsync(HttpHost host, string origin, string method, string headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/registers/x")
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", method }, { "Access-Control-Request-Headers", headers } },
        };
        return await host.Client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> SendAsync(string origin, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Origin", origin }, { "Authorization", $"Bearer {Key}" } } };
        return await _host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static string Single(HttpResponseMessage response, string header) => Assert.Single(response.Headers.GetValues(header));
}
