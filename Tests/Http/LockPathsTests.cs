using System.Net;

namespace Orleans.Paxos.Tests.Http;

[Collection(nameof(CoordinationHost))]
public sealed class LockPathsTests(CoordinationHost host)
{
    private const string Unknown = "3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b";

    private HttpClient Http => host.Client;

    [Fact]
    public async Task A_lock_goes_from_session_to_session_with_rising_tokens()
    {
        var (one, two) = (await Http.OpenAsync(owner: "one"), await host.Other.OpenAsync(owner: "two"));
        var held = await HttpAssert.JsonAsync(await Http.PostAsync($"/v1/locks/jobs/a?session={one}", null));
        var token = held.GetProperty("token").GetInt64();
        Assert.Equal(("jobs/a", "lock", one, $"jobs/a; {token}"), (held.GetProperty("name").GetString(), held.GetProperty("kind").GetString(), held.GetProperty("session").GetString(), held.GetProperty("fence").GetString()));
        Assert.Equal(token, await host.Other.AcquireAsync("jobs/a", one));

        var refused = await HttpAssert.ProblemAsync(await host.Other.PostAsync($"/v1/locks/jobs/a?session={two}", null), HttpStatusCode.Conflict, "lock-held");
        Assert.Equal("one", refused.GetProperty("holders")[0].GetProperty("owner").GetString());
        var shown = await HttpAssert.JsonAsync(await host.Other.GetAsync("/v1/locks/jobs/a"));
        Assert.Equal((token, one), (shown.GetProperty("holders")[0].GetProperty("token").GetInt64(), shown.GetProperty("holders")[0].GetProperty("session").GetString()));

        var waiting = host.Other.AcquireAsync("jobs/a", two, "&wait=30");
        await HttpAssert.JsonAsync(await Http.DeleteAsync($"/v1/locks/jobs/a?session={one}&token={token}"));
        Assert.True(await waiting > token);
        await HttpAssert.ProblemAsync(await Http.DeleteAsync($"/v1/locks/jobs/a?session={one}"), HttpStatusCode.NotFound, "not-held");
        await HttpAssert.ProblemAsync(await Http.DeleteAsync($"/v1/locks/jobs/a?session={two}&token={token}"), HttpStatusCode.NotFound, "not-held");

        await Http.DeleteAsync($"/v1/sessions/{two}");
        Assert.Equal(0, (await HttpAssert.JsonAsync(await Http.GetAsync("/v1/locks/jobs/a"))).GetProperty("holders").GetArrayLength());
        await Http.DeleteAsync($"/v1/sessions/{one}");
    }

    [Fact]
    public async Task Who_waits_gets_the_lock_of_a_session_that_is_not_renewed()
    {
        var (gone, next) = (await Http.OpenAsync(ttlSeconds: 1), await Http.OpenAsync());
        var token = await Http.AcquireAsync("jobs/b", gone);
        Assert.True(await Http.AcquireAsync("jobs/b", next, "&wait=30") > token);
    }

    [Fact]
    public async Task Who_waits_is_told_that_its_own_session_has_ended()
    {
        var (holder, waiter) = (await Http.OpenAsync(), await Http.OpenAsync());
        await Http.AcquireAsync("jobs/c", holder);
        var waiting = Http.PostAsync($"/v1/locks/jobs/c?session={waiter}&wait=30", null);
        await host.Other.DeleteAsync($"/v1/sessions/{waiter}");
        await HttpAssert.ProblemAsync(await waiting, HttpStatusCode.NotFound, "session-lost");
    }

    [Fact]
    public async Task A_wait_that_is_over_says_who_holds_it_and_leaves_nothing_behind()
    {
        var (holder, waiter) = (await Http.OpenAsync(), await Http.OpenAsync());
        await Http.AcquireAsync("jobs/d", holder);
        await HttpAssert.ProblemAsync(await Http.PostAsync($"/v1/locks/jobs/d?session={waiter}&wait=0.2", null), HttpStatusCode.Conflict, "lock-held");
        await Http.DeleteAsync($"/v1/locks/jobs/d?session={holder}");
        Assert.Null(await host.Coordination.Lock("jobs/d").ReadAsync());
    }

    [Fact]
    public async Task Kinds_are_kept_apart()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Http.OpenAsync()));
        await Http.AcquireAsync("pool", sessions[0], "&kind=semaphore&limit=2");
        await Http.AcquireAsync("pool", sessions[1], "&kind=semaphore&limit=2");
        await HttpAssert.ProblemAsync(await Http.PostAsync($"/v1/locks/pool?session={sessions[2]}&kind=semaphore&limit=2", null), HttpStatusCode.Conflict, "lock-held");
        await HttpAssert.ProblemAsync(await Http.PostAsync($"/v1/locks/pool?session={sessions[2]}", null), HttpStatusCode.Conflict, "lock-kind");
        await HttpAssert.ProblemAsync(await Http.PostAsync($"/v1/locks/pool?session={sessions[2]}&kind=semaphore&limit=3", null), HttpStatusCode.Conflict, "lock-kind");

        await Http.AcquireAsync("table", sessions[0], "&kind=read");
        await Http.AcquireAsync("table", sessions[1], "&kind=read");
        await HttpAssert.ProblemAsync(await Http.PostAsync($"/v1/locks/table?session={sessions[2]}&kind=write", null), HttpStatusCode.Conflict, "lock-held");
        var shown = await HttpAssert.JsonAsync(await Http.GetAsync("/v1/locks/table"));
        Assert.Equal(("readerWriterLock", 2), (shown.GetProperty("kind").GetString(), shown.GetProperty("holders").GetArrayLength()));
        foreach (var session in sessions)
            await Http.DeleteAsync($"/v1/sessions/{session}");
    }

    [Theory]
    [InlineData("POST", "x?session=7", HttpStatusCode.BadRequest, "bad-query")]
    [InlineData("POST", "x", HttpStatusCode.BadRequest, "bad-query")]
    [InlineData("POST", $"x?session={Unknown}&wait=61", HttpStatusCode.BadRequest, "bad-query")]
    [InlineData("POST", $"x?session={Unknown}&wait=-1", HttpStatusCode.BadRequest, "bad-query")]
    [InlineData("POST", $"x?session={Unknown}&wait=NaN", HttpStatusCode.BadRequest, "bad-query")]
    [InlineData("POST", $"x?session={Unknown}&kind=mutex", HttpStatusCode.BadRequest, "bad-query")]
    [InlineData("POST", $"x?session={Unknown}&kind=semaphore", HttpStatusCode.BadRequest, "bad-query")]
    [InlineData("POST", $"x?session={Unknown}&kind=semaphore&limit=1025", HttpStatusCode.BadRequest, "bad-query")]
    [InlineData("POST", $"x?session={Unknown}&limit=2", HttpStatusCode.BadRequest, "bad-query")]
    [InlineData("POST", $"!x?session={Unknown}", HttpStatusCode.BadRequest, "bad-name")]
    [InlineData("POST", $"?session={Unknown}", HttpStatusCode.BadRequest, "bad-name")]
    [InlineData("POST", $"x?session={Unknown}", HttpStatusCode.NotFound, "session-lost")]
    [InlineData("POST", $"x?session={Unknown}&wait=5", HttpStatusCode.NotFound, "session-lost")]
    [InlineData("DELETE", $"x?session={Unknown}", HttpStatusCode.NotFound, "not-held")]
    [InlineData("DELETE", "x", HttpStatusCode.BadRequest, "bad-query")]
    public async Task What_cannot_be_is_refused_by_name(string method, string target, HttpStatusCode status, string type) =>
        await HttpAssert.ProblemAsync(await Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"/v1/locks/{target}")), status, type);

    [Fact]
    public async Task A_name_that_is_too_long_for_a_lock_is_refused_with_the_limit()
    {
        var problem = await HttpAssert.ProblemAsync(await Http.GetAsync($"/v1/locks/{new string('x', 250)}"), HttpStatusCode.BadRequest, "bad-name");
        Assert.Contains("249 bytes", problem.GetProperty("detail").GetString());
    }
}
