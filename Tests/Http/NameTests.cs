using System.Net;

namespace Orleans.Paxos.Tests.Http;

/// <summary>Names in paths are used as they were sent and never repaired.</summary>
public sealed class NameTests(HttpHost host) : IClassFixture<HttpHost>
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a/b/c", "a/b/c")]
    [InlineData("a%2Fb%2fc2", "a/b/c2")]
    [InlineData("sp%20ace+plus", "sp ace+plus")]
    [InlineData("%C3%A9%F0%9F%90%99", "\u00e9\U0001F419")]
    [InlineData("100%25", "100%")]
    [InlineData("a/../b", "a/../b")]
    [InlineData("a/./b", "a/./b")]
    [InlineData("%2e%2e/x", "../x")]
    [InlineData("..", "..")]
    [InlineData("http://x/y", null)]
    [InlineData("a:b@c;d=e,f", "a:b@c;d=e,f")]
    public async Task A_name_is_what_was_sent(string sent, string? name)
    {
        var answer = await host.SendRawAsync(HttpHost.Request("PUT", $"/v1/registers/{sent}", body: "v"));
        if (name is null)
        {
            Assert.StartsWith("HTTP/1.1 400 ", answer);
            return;
        }

        Assert.StartsWith("HTTP/1.1 200 ", answer);
        Assert.Equal("v"u8.ToArray(), (await host.Registers.ReadAsync(name))!.Value);
        Assert.StartsWith("HTTP/1.1 200 ", await host.SendRawAsync(HttpHost.Request("GET", $"http://localhost/v1/registers/{sent}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a%2F%2Fb")]
    [InlineData("a%5Cb")]
    [InlineData("a%23b")]
    [InlineData("a%3Fb")]
    [InlineData("!a")]
    [InlineData("a%0Ab")]
    [InlineData("a%7F")]
    [InlineData("a%FF")]
    [InlineData("a%C3")]
    [InlineData("a%ED%A0%80")]
    [InlineData("a%C0%AF")]
    [InlineData("a%")]
    [InlineData("a%2")]
    [InlineData("a%ZZ")]
    public async Task A_bad_name_is_refused_with_a_reason(string sent)
    {
        var before = host.Registers.Changes;
        var answer = await host.SendRawAsync(HttpHost.Request("PUT", $"/v1/registers/{sent}", body: "v"));
        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Contains("application/problem+json", answer);
        Assert.Contains("Nothing was written", answer);
        Assert.Equal(before, host.Registers.Changes);
    }

    [Theory]
    [InlineData("a%00b")]
    [InlineData("a\u0000b")]
    public async Task A_null_character_is_refused_by_the_server_itself(string sent) =>
        Assert.StartsWith("HTTP/1.1 400 ", await host.SendRawAsync(HttpHost.Request("PUT", $"/v1/registers/{sent}", body: "v")));

    [Theory]
    [InlineData(256, HttpStatusCode.OK)]
    [InlineData(257, HttpStatusCode.BadRequest)]
    [InlineData(4000, HttpStatusCode.BadRequest)]
    public async Task A_name_has_at_most_256_bytes(int bytes, HttpStatusCode status)
    {
        var ascii = await host.Client.PutAsync($"/v1/registers/{new string('n', bytes)}", new ByteArrayContent([1]));
        Assert.Equal(status, ascii.StatusCode);
        var wide = Uri.EscapeDataString(new string('\u00e9', bytes / 2) + new string('n', bytes % 2));
        Assert.Equal(status, bytes > 1000 ? status : (await host.Client.PutAsync($"/v1/registers/{wide}", new ByteArrayContent([1]))).StatusCode);
    }

    [Theory]
    [InlineData("history")]
    [InlineData("watch")]
    public async Task History_and_watch_check_names_too(string path)
    {
        var answer = await host.SendRawAsync(HttpHost.Request("GET", $"/v1/{path}/a//b"));
        Assert.StartsWith("HTTP/1.1 400 ", answer);
    }
}
