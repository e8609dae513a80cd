using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Tests.Http;

/// <summary>Web pages and a silo without keys: a page reaches loopback through the browser of whoever opened it.</summary>
public sealed class OriginTests : IAsyncLifetime
{
    private readonly HttpHost _host = new();

    public ValueTask InitializeAsync()
    {
        _host.Options.AllowedOrigins = ["https://console.example"];
        return _host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8080")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("evillocalhost")]
    [InlineData("192.0.2.1")]
    [InlineData("0.0.0.0")]
    [InlineData("[2001:db8::1]:8080")]
    public async Task A_host_name_that_others_can_own_is_not_served(string host)
    {
        var answer = await SendAsync("PUT", $"Host: {host}\r\nOrigin: http://{host}\r\n");
        Assert.StartsWith("HTTP/1.1 421 ", answer);
        Assert.Contains("urn:orleans-paxos:foreign-host", answer);
        Assert.Contains("Paxos:Http:ReadWriteKeys", answer);
        Assert.Contains("Connection: close\r\n", answer);
        Assert.Equal(0, _host.Registers.Changes);
        Assert.StartsWith("HTTP/1.1 421 ", await SendAsync("GET", $"Host: {host}\r\n"));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:8080")]
    [InlineData("paxos.localhost:1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9:8080")]
    [InlineData("[::1]")]
    [InlineData("[::1]:8080")]
    public async Task A_name_of_this_machine_is_served_and_so_is_a_page_of_it(string host)
    {
        Assert.StartsWith("HTTP/1.1 200 ", await SendAsync("PUT", $"Host: {host}\r\n"));
        Assert.StartsWith("HTTP/1.1 200 ", await SendAsync("PUT", $"Host: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n"));
    }

    [Fact]
    public async Task A_request_of_HTTP_1_0_that_names_no_host_is_served() =>
        Assert.StartsWith("HTTP/1.1 200 ", await _host.SendRawAsync("GET /health/live HTTP/1.0\r\n\r\n"));

    [Theory]
    [InlineData("Origin: http://evil.example\r\n")]
    [InlineData("Origin: null\r\n")]
    [InlineData("Origin: \r\n")]
    [InlineData("Origin: https://localhost:8080\r\n")]
    [InlineData("Origin: http://localhost:8081\r\n")]
    [InlineData("Origin: http://localhost\r\n")]
    [InlineData("Origin: http://127.0.0.1:8080\r\n")]
    [InlineData("Origin: https://console.example.evil.example\r\n")]
    [InlineData("Origin: https://console.example\r\nOrigin: http://evil.example\r\n")]
    [InlineData("Sec-Fetch-Site: cross-site\r\n")]
    [InlineData("Sec-Fetch-Site: same-site\r\n")]
    public async Task A_page_of_another_origin_is_not_served(string headers)
    {
        foreach (var method in new[] { "PUT", "DELETE", "GET" })
        {
            var answer = await SendAsync(method, $"Host: localhost:8080\r\n{headers}");
            Assert.StartsWith("HTTP/1.1 403 ", answer);
            Assert.Contains("urn:orleans-paxos:foreign-origin", answer);
            Assert.Contains("Paxos:Http:AllowedOrigins", answer);
        }

        Assert.Equal(0, _host.Registers.Changes);
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_is_served() =>
        Assert.StartsWith("HTTP/1.1 200 ", await SendAsync("PUT", "Host: localhost:8080\r\nOrigin: https://console.example\r\nSec-Fetch-Site: cross-site\r\n"));

    [Fact]
    public async Task With_keys_the_key_decides_and_neither_host_nor_origin_does()
    {
        const string Key = "a-key-of-sixteen-or-more";
        await using var keyed = new HttpHost();
        keyed.Options.Keys = new HttpKeys([Key], []);
        await keyed.InitializeAsync();
        const string Page = "Host: paxos.example\r\nOrigin: http://other.example\r\n";
        Assert.StartsWith("HTTP/1.1 401 ", await keyed.SendRawAsync(Request("PUT", Page)));
        Assert.StartsWith("HTTP/1.1 200 ", await keyed.SendRawAsync(Request("PUT", $"{Page}Authorization: Bearer {Key}\r\n")));
    }

    private Task<string> SendAsync(string method, string headers) => _host.SendRawAsync(Request(method, headers));

    private static string Request(string method, string headers) =>
        $"{method} /v1/registers/x HTTP/1.1\r\n{headers}Connection: close\r\n{(method == "PUT" ? "Content-Length: 1\r\n\r\nx" : "\r\n")}";
}
