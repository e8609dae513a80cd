using System.Net;
using System.Text.Json;

namespace Orleans.Paxos.Tests.Http;

[Collection(nameof(CoordinationHost))]
public sealed class SessionPathsTests(CoordinationHost host)
{
    private const string Unknown = "3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b";

    private HttpClient Http => host.Client;

    [Fact]
    public async Task A_session_is_opened_shown_and_ended()
    {
        var opened = await Http.PostAsync("/v1/sessions", HttpSessions.Body("""{"ttlSeconds":21,"owner":"Zoë"}"""));
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        var session = JsonDocument.Parse(await opened.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(("Zoë", 21, 20, false), (Text(session, "owner"), session.GetProperty("ttlSeconds").GetDouble(), session.GetProperty("deadlineSeconds").GetDouble(), session.GetProperty("ending").GetBoolean()));
        Assert.Equal($"/v1/sessions/{Text(session, "id")}", opened.Headers.Location?.ToString());

        var shown = await HttpAssert.JsonAsync(await host.Other.GetAsync(opened.Headers.Location));
        Assert.Equal((Text(session, "id"), "Zoë", "[]"), (Text(shown, "id"), Text(shown, "owner"), shown.GetProperty("locks").GetRawText()));
        Assert.False(shown.TryGetProperty("deadlineSeconds", out _));
        Assert.Contains(Text(session, "id"), await Http.GetStringAsync("/v1/sessions"));

        await HttpAssert.JsonAsync(await Http.DeleteAsync(opened.Headers.Location));
        await HttpAssert.ProblemAsync(await Http.GetAsync(opened.Headers.Location), HttpStatusCode.NotFound, "session-lost");
        Assert.DoesNotContain(Text(session, "id"), await Http.GetStringAsync("/v1/sessions"));
    }

    [Fact]
    public async Task Without_a_body_it_has_the_defaults()
    {
        var opened = await Http.PostAsync("/v1/sessions", null);
        var session = JsonDocument.Parse(await opened.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((15, "http 127.0.0.1"), (session.GetProperty("ttlSeconds").GetDouble(), Text(session, "owner")));
        await Http.DeleteAsync(opened.Headers.Location);
    }

    [Theory]
    [InlineData("{", "bad-body", "cannot be read")]
    [InlineData("null", "bad-body", "JSON null")]
    [InlineData("[]", "bad-body", "JSON object")]
    [InlineData("""{"ttl":5}""", "bad-body", "'ttl'")]
    [InlineData("""{"ttlSeconds":5,"ttlSeconds":6}""", "bad-body", "ttlSeconds")]
    [InlineData("""{"ttlSeconds":"5"}""", "bad-body", "cannot be read")]
    [InlineData("""{"ttlSeconds":0.5}""", "bad-body", "from 1 to 86400")]
    [InlineData("""{"ttlSeconds":86401}""", "bad-body", "from 1 to 86400")]
    [InlineData("""{"ttlSeconds":1e999}""", "bad-body", "")]
    public async Task A_bad_body_is_400_with_what_it_takes(string body, string type, string words) => Assert.Contains(
        words, Text(await HttpAssert.ProblemAsync(await Http.PostAsync("/v1/sessions", HttpSessions.Body(body)), HttpStatusCode.BadRequest, type), "detail"));

    [Fact]
    public async Task An_owner_that_is_too_long_is_400()
    {
        var body = HttpSessions.Body(JsonSerializer.Serialize(new { owner = new string('x', 257) }));
        Assert.Contains("the limit is 256", Text(await HttpAssert.ProblemAsync(await Http.PostAsync("/v1/sessions", body), HttpStatusCode.BadRequest, "bad-argument"), "detail"));
    }

    [Fact]
    public async Task A_session_lives_as_long_as_it_is_renewed_through_either_silo()
    {
        var id = await Http.OpenAsync(ttlSeconds: 1);
        for (var round = 0; round < 6; round++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
            var renewed = await HttpAssert.JsonAsync(await (round % 2 == 0 ? Http : host.Other).PutAsync($"/v1/sessions/{id}", null));
            Assert.InRange(renewed.GetProperty("deadlineSeconds").GetDouble(), 0.95, 0.96);
        }

        while ((await Http.GetAsync($"/v1/sessions/{id}")).StatusCode != HttpStatusCode.NotFound)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        await HttpAssert.ProblemAsync(await Http.PutAsync($"/v1/sessions/{id}", null), HttpStatusCode.NotFound, "session-lost");
    }

    [Fact]
    public async Task Whose_end_was_asked_for_is_told_to_stop()
    {
        var id = await Http.OpenAsync();
        await HttpAssert.JsonAsync(await host.Other.DeleteAsync($"/v1/sessions/{id}?ask=true"));
        Assert.True((await HttpAssert.JsonAsync(await Http.GetAsync($"/v1/sessions/{id}"))).GetProperty("ending").GetBoolean());
        await HttpAssert.ProblemAsync(await Http.PutAsync($"/v1/sessions/{id}", null), HttpStatusCode.Conflict, "session-ending");
        await HttpAssert.ProblemAsync(await Http.PostAsync($"/v1/locks/sessions/ending?session={id}", null), HttpStatusCode.Conflict, "session-ending");
        await HttpAssert.JsonAsync(await Http.DeleteAsync($"/v1/sessions/{id}"));
        await HttpAssert.ProblemAsync(await Http.DeleteAsync($"/v1/sessions/{id}"), HttpStatusCode.NotFound, "session-lost");
    }

    [Fact]
    public async Task Sessions_are_listed_page_by_page_in_the_order_of_their_ids_with_what_they_hold()
    {
        var ids = new List<string>();
        for (var count = 0; count < 5; count++)
            ids.Add(await Http.OpenAsync());
        foreach (var id in ids)
            await Http.AcquireAsync($"sessions/of {id}", id);

        var seen = new List<(string Id, string Locks)>();
        for (string? next = "/v1/sessions?limit=2"; next is not null;)
        {
            var response = await Http.GetAsync(next);
            var page = (await HttpAssert.JsonAsync(response)).EnumerateArray().ToList();
            Assert.InRange(page.Count, 1, 2);
            seen.AddRange(page.Select(each => (Text(each, "id"), each.GetProperty("locks").GetRawText())));
            next = HttpAssert.NextPage(response);
        }

        Assert.Equal(seen.Select(each => each.Id).Order(StringComparer.Ordinal), seen.Select(each => each.Id));
        Assert.Equal(ids.Order(StringComparer.Ordinal).Select(id => (id, $"[\"sessions/of {id}\"]")), seen.Where(each => ids.Contains(each.Id)));
        foreach (var id in ids)
            await Http.DeleteAsync($"/v1/sessions/{id}");
    }

    [Theory]
    [InlineData("limit=0", "'limit' takes a whole number, from 1 to 10000")]
    [InlineData("limit=10001", "'limit' takes")]
    [InlineData("after=x", "'after' takes the id of a session")]
    [InlineData("prefix=x", "this path takes after, limit")]
    public async Task The_parameters_of_a_page_are_checked(string query, string words) => Assert.Contains(
        words, Text(await HttpAssert.ProblemAsync(await Http.GetAsync($"/v1/sessions?{query}"), HttpStatusCode.BadRequest, "bad-query"), "detail"));

    [Theory]
    [InlineData("GET", "/v1/sessions/x", HttpStatusCode.BadRequest, "bad-session")]
    [InlineData("PUT", "/v1/sessions/3f2a91c05b7d4e0e9a530c4d5e6f7a8b", HttpStatusCode.BadRequest, "bad-session")]
    [InlineData("GET", $"/v1/sessions/{Unknown}", HttpStatusCode.NotFound, "session-lost")]
    [InlineData("PUT", $"/v1/sessions/{Unknown}", HttpStatusCode.NotFound, "session-lost")]
    [InlineData("DELETE", $"/v1/sessions/{Unknown}?ask=true", HttpStatusCode.NotFound, "session-lost")]
    [InlineData("DELETE", $"/v1/sessions/{Unknown}?ask=maybe", HttpStatusCode.BadRequest, "bad-query")]
    [InlineData("POST", $"/v1/sessions/{Unknown}", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("GET", $"/v1/sessions/{Unknown}/x", HttpStatusCode.NotFound, "no-such-path")]
    public async Task What_is_no_session_is_named(string method, string path, HttpStatusCode status, string type) =>
        await HttpAssert.ProblemAsync(await Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)), status, type);

    [Fact]
    public async Task A_register_that_belongs_to_a_session_goes_with_it()
    {
        var id = await Http.OpenAsync();
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("services/a", "one", id)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("services/a", "two", id)).StatusCode);
        Assert.Equal("two", await Http.GetStringAsync("/v1/registers/services/a"));
        var shown = await HttpAssert.JsonAsync(await Http.GetAsync($"/v1/sessions/{id}"));
        Assert.Equal("""["services/a"]""", shown.GetProperty("registers").GetRawText());
        await Http.DeleteAsync($"/v1/sessions/{id}");
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync("/v1/registers/services/a")).StatusCode);
        await HttpAssert.ProblemAsync(await PutAsync("services/a", "three", id), HttpStatusCode.NotFound, "session-lost");
        await HttpAssert.ProblemAsync(await PutAsync("services/a", "three", "x"), HttpStatusCode.BadRequest, "bad-header");
    }

    [Fact]
    public async Task What_another_has_written_since_stays()
    {
        var id = await Http.OpenAsync();
        await PutAsync("services/b", "one", id);
        await Http.PutAsync("/v1/registers/services/b", HttpSessions.Body("another's"));
        await Http.DeleteAsync($"/v1/sessions/{id}");
        Assert.Equal("another's", await Http.GetStringAsync("/v1/registers/services/b"));
    }

    [Fact]
    public async Task Conditions_and_request_ids_count_for_a_session_too()
    {
        var id = await Http.OpenAsync();
        var key = UniqueId.New().ToString();
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("services/c", "one", id, ("If-None-Match", "*"), ("Idempotency-Key", key))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("services/c", "one", id, ("If-None-Match", "*"), ("Idempotency-Key", key))).StatusCode);
        await HttpAssert.ProblemAsync(await PutAsync("services/c", "two", id, ("If-None-Match", "*")), HttpStatusCode.PreconditionFailed, "condition-failed");
        await HttpAssert.ProblemAsync(await PutAsync("services/c", "two", id, ("If-Match", "\"7\"")), HttpStatusCode.PreconditionFailed, "condition-failed");
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("services/c", "two", id, ("If-Match", "\"1\""))).StatusCode);
        await Http.DeleteAsync($"/v1/sessions/{id}");
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private async Task<HttpResponseMessage> PutAsync(string name, string value, string session, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/registers/{name}") { Content = HttpSessions.Body(value), Headers = { { "Paxos-Session", session } } };
        foreach (var header in headers)
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await Http.SendAsync(request);
    }
}
