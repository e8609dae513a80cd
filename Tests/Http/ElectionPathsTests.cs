using System.Net;
using System.Text.Json;

namespace Orleans.Paxos.Tests.Http;

[Collection(nameof(CoordinationHost))]
public sealed class ElectionPathsTests(CoordinationHost host)
{
    private HttpClient Http => host.Client;

    [Fact]
    public async Task Leaders_follow_each_other()
    {
        await HttpAssert.ProblemAsync(await Http.GetAsync("/v1/elections/a"), HttpStatusCode.NotFound, "no-leader");
        var (one, two) = (await Http.OpenAsync(owner: "one"), await Http.OpenAsync(owner: "two"));
        var first = await HttpAssert.JsonAsync(await CampaignAsync("a", one, "http://one"));
        var token = first.GetProperty("token").GetInt64();
        Assert.Equal(("http://one", "utf8", one, $"a; {token}"), (Text(first, "value"), Text(first, "encoding"), Text(first, "session"), Text(first, "fence")));
        await HttpAssert.ProblemAsync(await CampaignAsync("a", two, "http://two"), HttpStatusCode.Conflict, "lock-held");
        await HttpAssert.ProblemAsync(await Http.PutAsync($"/v1/elections/a?session={two}", HttpSessions.Body("x")), HttpStatusCode.NotFound, "not-held");

        var proclaimed = await HttpAssert.JsonAsync(await host.Other.PutAsync($"/v1/elections/a?session={one}", HttpSessions.Body("http://one:2")));
        Assert.Equal(("http://one:2", token), (Text(proclaimed, "value"), proclaimed.GetProperty("token").GetInt64()));
        Assert.Equal("http://one:2", (await host.Coordination.Election<string>("a").ReadAsync())?.Value);
        await HttpAssert.ProblemAsync(await Http.PostAsync($"/v1/locks/a?session={two}", null), HttpStatusCode.Conflict, "lock-kind");

        var waiting = CampaignAsync("a", two, "http://two", "&wait=30");
        await HttpAssert.JsonAsync(await Http.DeleteAsync($"/v1/elections/a?session={one}"));
        Assert.True((await HttpAssert.JsonAsync(await waiting)).GetProperty("token").GetInt64() > token);
        Assert.Equal("two", Text(await HttpAssert.JsonAsync(await Http.GetAsync("/v1/elections/a")), "owner"));

        await Http.DeleteAsync($"/v1/sessions/{two}");
        await HttpAssert.ProblemAsync(await Http.PutAsync($"/v1/elections/a?session={two}", HttpSessions.Body("x")), HttpStatusCode.NotFound, "session-lost");
        await HttpAssert.ProblemAsync(await Http.GetAsync("/v1/elections/a"), HttpStatusCode.NotFound, "no-leader");
        await Http.DeleteAsync($"/v1/sessions/{one}");
    }

    [Fact]
    public async Task An_election_is_followed_from_whoever_leads()
    {
        using var lines = new StreamReader(await host.Other.GetStreamAsync("/v1/elections/b?watch=true"));
        Assert.Equal(("event: no-leader", "b"), (await LineAsync(lines, "event:"), Text(await DataAsync(lines), "name")));
        var one = await Http.OpenAsync(owner: "one");
        await HttpAssert.JsonAsync(await CampaignAsync("b", one, "v1"));
        Assert.Equal("v1", Text(await DataAsync(lines), "value"));
        await Http.PutAsync($"/v1/elections/b?session={one}", HttpSessions.Body("v2"));
        Assert.Equal("v2", Text(await DataAsync(lines), "value"));
        await Http.DeleteAsync($"/v1/sessions/{one}");
        Assert.Equal("event: no-leader", await LineAsync(lines, "event:"));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_come_as_base64_and_too_many_are_413()
    {
        var session = await Http.OpenAsync();
        var leader = await HttpAssert.JsonAsync(await Http.PostAsync($"/v1/elections/c?session={session}", new ByteArrayContent([0xff])));
        Assert.Equal(("/w==", "base64"), (Text(leader, "value"), Text(leader, "encoding")));
        await HttpAssert.ProblemAsync(await Http.PostAsync($"/v1/elections/d?session={session}", new ByteArrayContent(new byte[10_001])), HttpStatusCode.RequestEntityTooLarge, "value-too-large");
        await Http.DeleteAsync($"/v1/sessions/{session}");
    }

    private Task<HttpResponseMessage> CampaignAsync(string name, string session, string value, string more = "") =>
        Http.PostAsync($"/v1/elections/{name}?session={session}{more}", HttpSessions.Body(value));

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    private static async Task<JsonElement> DataAsync(StreamReader lines) => JsonDocument.Parse((await LineAsync(lines, "data: "))["data: ".Length..]).RootElement;

    private static async Task<string> LineAsync(StreamReader lines, string start)
    {
        while (true)
        {
            if (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && line.StartsWith(start))
                return line;
        }
    }
}
