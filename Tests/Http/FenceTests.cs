using System.Net;
using System.Text.Json;

namespace Orleans.Paxos.Tests.Http;

/// <summary>The header <c>Paxos-Fence</c>, and what a guard looks like.</summary>
public sealed class FenceTests(HttpHost host) : IClassFixture<HttpHost>
{
    [Fact]
    public async Task AFence_GuardsTheRegisterAndStandsInItsEnvelope()
    {
        var written = await HttpAssert.JsonAsync(await PutAsync("fence/put", "jobs/nightly; 17"));
        Assert.Equal(("jobs/nightly", 17), Guard(written));
        Assert.Equal(("jobs/nightly", 17), Guard(await HttpAssert.JsonAsync(await PutAsync("fence/put", null))));
        Assert.Equal(("jobs/nightly", 18), Guard(await HttpAssert.JsonAsync(await PutAsync("fence/put", "jobs/nightly;18"))));
        Assert.Equal(("jobs/nightly", 18), Guard(await HttpAssert.JsonAsync(await SendAsync(HttpMethod.Get, "fence/put", null, ("Accept", "application/json")))));
        Assert.Equal(("jobs/nightly", 19), Guard(await HttpAssert.JsonAsync(await SendAsync(HttpMethod.Delete, "fence/put", null, ("Paxos-Fence", "jobs/nightly; 19")))));
    }

    [Fact]
    public async Task WithoutAGuardAndASession_TheEnvelopeHasNoSuchMembers()
    {
        var written = await HttpAssert.JsonAsync(await PutAsync("fence/none", null));
        Assert.Equal(["name", "version", "value", "encoding", "deleted", "requestId", "at"], written.EnumerateObject().Select(member => member.Name));
        var refused = await HttpAssert.ProblemAsync(await PutAsync("fence/none", null, ("If-Match", "\"9\"")), HttpStatusCode.PreconditionFailed, "condition-failed");
        Assert.False(refused.TryGetProperty("guard", out _));
    }

    [Fact]
    public async Task TheSessionOfAValue_StandsInItsEnvelope()
    {
        var session = UniqueId.New();
        await host.Registers.ChangeAsync("fence/session", Change.Set([1]) with { Session = session }, cancellationToken: TestContext.Current.CancellationToken);
        var envelope = await HttpAssert.JsonAsync(await SendAsync(HttpMethod.Get, "fence/session", null, ("Accept", "application/json")));
        Assert.Equal(session, envelope.GetProperty("session").GetGuid());
    }

    [Theory]
    [InlineData("jobs/nightly; 16", "earlier token 16")]
    [InlineData("jobs/other; 20", "lock 'jobs/other'")]
    public async Task AnEarlierTokenOrAnotherLock_IsRefusedWithTheGuard(string fence, string reason)
    {
        var name = $"fence/refused/{fence.Length}";
        await PutAsync(name, "jobs/nightly; 17");
        foreach (var refused in new[] { await PutAsync(name, fence), await PutAsync(name, fence, ("If-Match", "\"1\"")), await SendAsync(HttpMethod.Delete, name, null, ("Paxos-Fence", fence)) })
        {
            var problem = await HttpAssert.ProblemAsync(refused, HttpStatusCode.PreconditionFailed, "fenced");
            Assert.Equal(("jobs/nightly", 17), Guard(problem));
            Assert.Equal((name, 1), (problem.GetProperty("name").GetString(), problem.GetProperty("version").GetInt64()));
            Assert.Contains(reason, problem.GetProperty("detail").GetString());
            Assert.Equal("\"1\"", refused.Headers.ETag?.ToString());
        }
    }

    [Theory]
    [InlineData("a%3Bb; 1", "a;b")]
    [InlineData("a%2Cb; 1", "a,b")]
    [InlineData("gr%C3%B6%C3%9Fe; 1", "größe")]
    [InlineData("%20a%20 ; 1", " a ")]
    [InlineData("100%25;1", "100%")]
    public async Task TheLocksName_IsDecodedAsInAPath(string fence, string name) =>
        Assert.Equal((name, 1), Guard(await HttpAssert.JsonAsync(await PutAsync($"fence/name/{UniqueId.New()}", fence))));

    [Theory]
    [InlineData("")]
    [InlineData("jobs/nightly")]
    [InlineData("jobs/nightly;")]
    [InlineData("jobs/nightly; 0")]
    [InlineData("jobs/nightly; -1")]
    [InlineData("jobs/nightly; +1")]
    [InlineData("jobs/nightly; 1.0")]
    [InlineData("jobs/nightly; 9223372036854775808")]
    [InlineData("jobs/nightly; token")]
    [InlineData("; 17")]
    [InlineData("a;b; 17")]
    [InlineData("a,b; 17")]
    [InlineData("a; 17, b; 18")]
    [InlineData("a//b; 17")]
    [InlineData("!locks/a; 17")]
    [InlineData("%zz; 17")]
    [InlineData("%FF; 17")]
    public async Task AMalformedFence_IsRefusedAndItsFormNamed(string fence)
    {
        var before = host.Registers.Changes;
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete, HttpMethod.Post })
        {
            var target = method == HttpMethod.Post ? "fence/bad?add=1" : "fence/bad";
            var problem = await HttpAssert.ProblemAsync(await SendAsync(method, target, method == HttpMethod.Put ? "v" : null, ("Paxos-Fence", fence)), HttpStatusCode.BadRequest, "bad-header");
            Assert.Contains("'jobs/nightly; 17'", problem.GetProperty("detail").GetString());
        }

        Assert.Equal(before, host.Registers.Changes);
    }

    [Fact]
    public async Task AFenceThatStandsTwice_IsRefused() => await HttpAssert.ProblemAsync(
        await SendAsync(HttpMethod.Put, "fence/twice", "v", ("Paxos-Fence", "a; 1"), ("Paxos-Fence", "a; 2")), HttpStatusCode.BadRequest, "bad-header");

    private static (string?, long) Guard(JsonElement envelope) =>
        (envelope.GetProperty("guard").GetProperty("lock").GetString(), envelope.GetProperty("guard").GetProperty("token").GetInt64());

    private Task<HttpResponseMessage> PutAsync(string name, string? fence, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, name, "v", fence is null ? headers : [.. headers, ("Paxos-Fence", fence)]);

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
