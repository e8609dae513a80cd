using System.Net;

namespace Orleans.Paxos.Tests.Http;

/// <summary><c>POST /v1/registers/{name}?add=</c></summary>
public sealed class CounterPathTests(HttpHost host) : IClassFixture<HttpHost>
{
    [Fact]
    public async Task APost_AddsAndAnswersWithTheSum()
    {
        Assert.Equal(("5", 1), await AddAsync("counter/sum", "5"));
        Assert.Equal(("-2", 2), await AddAsync("counter/sum", "-7"));
        Assert.Equal("-2", await host.Client.GetStringAsync("/v1/registers/counter/sum"));
    }

    [Fact]
    public async Task AKeyThatComesAgain_AddsNothing()
    {
        (string, string) key = ("Idempotency-Key", UniqueId.New().ToString());
        Assert.Equal(("5", 1), await AddAsync("counter/key", "5", key));
        Assert.Equal(("5", 1), await AddAsync("counter/key", "5", key, ("Paxos-Floor", "0")));
    }

    [Fact]
    public async Task AFence_IsHonoured()
    {
        await AddAsync("counter/fence", "5", ("Paxos-Fence", "jobs; 7"));
        await HttpAssert.ProblemAsync(await SendAsync(HttpMethod.Post, "counter/fence?add=1", null, ("Paxos-Fence", "jobs; 6")), HttpStatusCode.PreconditionFailed, "fenced");
    }

    [Fact]
    public async Task WhatIsNotANumber_IsAConflictThatShowsTheEntry()
    {
        await SendAsync(HttpMethod.Put, "counter/text", "many");
        var refused = await SendAsync(HttpMethod.Post, "counter/text?add=1");
        var problem = await HttpAssert.ProblemAsync(refused, HttpStatusCode.Conflict, "not-a-counter");
        Assert.Equal(("many", 1), (problem.GetProperty("value").GetString(), problem.GetProperty("version").GetInt64()));
        Assert.Equal("\"1\"", refused.Headers.ETag?.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?add")]
    [InlineData("?add=")]
    [InlineData("?add=one")]
    [InlineData("?add=1.0")]
    [InlineData("?add=%201")]
    [InlineData("?add=4611686018427387904")]
    [InlineData("?add=-4611686018427387904")]
    [InlineData("?add=1&add=1")]
    public async Task WhatCannotBeAdded_IsRefused(string query)
    {
        await HttpAssert.ProblemAsync(await SendAsync(HttpMethod.Post, "counter/bad" + query), HttpStatusCode.BadRequest, "bad-query");
        Assert.Null(await host.Registers.ReadAsync("counter/bad", cancellationToken: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Content-Length: 1\r\n", "1")]
    [InlineData("Transfer-Encoding: chunked\r\n", "1\r\n1\r\n0\r\n\r\n")]
    public async Task ABody_IsRefused(string header, string body)
    {
        var answer = await host.SendRawAsync(HttpHost.Request("POST", "/v1/registers/counter/body?add=1", header) + body);
        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Contains("takes no body", answer);
        Assert.Null(await host.Registers.ReadAsync("counter/body", cancellationToken: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("If-Match", "\"1\""), InlineData("If-None-Match", "*")]
    public async Task ACondition_IsRefused(string header, string value) => await HttpAssert.ProblemAsync(
        await SendAsync(HttpMethod.Post, "counter/condition?add=1", null, (header, value)), HttpStatusCode.BadRequest, "bad-header");

    private async Task<(string?, long)> AddAsync(string name, string amount, params (string Name, string Value)[] headers)
    {
        var envelope = await HttpAssert.JsonAsync(await SendAsync(HttpMethod.Post, $"{name}?add={amount}", null, headers));
        return (envelope.GetProperty("value").GetString(), envelope.GetProperty("version").GetInt64());
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string target, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, $"/v1/registers/{target}");
        foreach (var (header, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        if (body is not null)
            request.Content = new StringContent(body);
        return await host.Client.SendAsync(request);
    }
}
