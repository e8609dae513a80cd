using System.Net;
using System.Text.Json;

namespace Orleans.Paxos.Tests.Http;

public sealed class RegisterPathsTests(HttpHost host) : IClassFixture<HttpHost>
{
    [Fact]
    public async Task Get_returns_the_bytes_and_the_version_as_tag()
    {
        byte[] value = [0, 255, 10, 128];
        await PutAsync("get/bytes", value);
        var response = await host.Client.GetAsync("/v1/registers/get/bytes");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("\"1\"", response.Headers.ETag?.ToString());
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(value, await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("on", "on", "utf8")]
    [InlineData("", "", "utf8")]
    [InlineData("\u00ff\u0000", "/wA=", "base64")]
    public async Task Get_returns_an_envelope_when_JSON_is_accepted(string latin1, string value, string encoding)
    {
        var name = $"get/json/{encoding}{latin1.Length}";
        await PutAsync(name, System.Text.Encoding.Latin1.GetBytes(latin1));
        var response = await SendAsync(HttpMethod.Get, name, ("Accept", "application/json"));
        var envelope = await HttpAssert.JsonAsync(response);
        Assert.Equal("\"1\"", response.Headers.ETag?.ToString());
        Assert.Equal(name, envelope.GetProperty("name").GetString());
        Assert.Equal(1, envelope.GetProperty("version").GetInt64());
        Assert.Equal(value, envelope.GetProperty("value").GetString());
        Assert.Equal(encoding, envelope.GetProperty("encoding").GetString());
        Assert.False(envelope.GetProperty("deleted").GetBoolean());
        Assert.NotEqual(Guid.Empty, envelope.GetProperty("requestId").GetGuid());
        Assert.Equal(DateTimeOffset.UnixEpoch, envelope.GetProperty("at").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("*/*", false)]
    [InlineData("text/html, application/json;q=0.9", true)]
    [InlineData("application/json;q=0", false)]
    [InlineData("application/octet-stream, application/json;q=0.5", false)]
    [InlineData("]][[", false)]
    public async Task Only_JSON_by_name_gets_an_envelope(string accept, bool envelope)
    {
        await PutAsync("get/accept", "x"u8.ToArray());
        var response = await SendAsync(HttpMethod.Get, "get/accept", ("Accept", accept));
        Assert.Equal(envelope ? "application/json" : "application/octet-stream", response.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Head_is_get_without_the_body()
    {
        await PutAsync("head", "12345"u8.ToArray());
        var response = await SendAsync(HttpMethod.Head, "head");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("\"1\"", response.Headers.ETag?.ToString());
        Assert.Equal(5, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Head, "head/never")).StatusCode);
    }

    [Fact]
    public async Task A_register_never_written_is_not_found()
    {
        var problem = await HttpAssert.ProblemAsync(await SendAsync(HttpMethod.Get, "never"), HttpStatusCode.NotFound, "not-found");
        Assert.Equal(0, problem.GetProperty("version").GetInt64());
        await HttpAssert.ProblemAsync(await SendAsync(HttpMethod.Delete, "never"), HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_deleted_register_is_not_found_and_tells_the_version_of_its_tombstone()
    {
        await PutAsync("deleted", [1]);
        var deleted = await SendAsync(HttpMethod.Delete, "deleted");
        var envelope = await HttpAssert.JsonAsync(deleted);
        Assert.True(envelope.GetProperty("deleted").GetBoolean());
        Assert.Equal("\"2\"", deleted.Headers.ETag?.ToString());

        var response = await SendAsync(HttpMethod.Get, "deleted");
        var problem = await HttpAssert.ProblemAsync(response, HttpStatusCode.NotFound, "not-found");
        Assert.Equal(2, problem.GetProperty("version").GetInt64());
        Assert.Equal("\"2\"", response.Headers.ETag?.ToString());
        await HttpAssert.ProblemAsync(await SendAsync(HttpMethod.Delete, "deleted"), HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Put_without_a_condition_writes_whatever_is_there()
    {
        for (var version = 1; version <= 3; version++)
        {
            var envelope = await HttpAssert.JsonAsync(await PutAsync("set", [(byte)'a']));
            Assert.Equal(version, envelope.GetProperty("version").GetInt64());
        }
    }

    [Fact]
    public async Task Put_with_the_version_as_tag_compares_and_sets()
    {
        await PutAsync("cas", "one"u8.ToArray());
        var written = await PutAsync("cas", "two"u8.ToArray(), ("If-Match", "\"1\""));
        Assert.Equal("\"2\"", written.Headers.ETag?.ToString());

        var refused = await PutAsync("cas", "three"u8.ToArray(), ("If-Match", "\"1\""));
        var problem = await HttpAssert.ProblemAsync(refused, HttpStatusCode.PreconditionFailed, "condition-failed");
        Assert.Equal(("two", 2), (problem.GetProperty("value").GetString(), problem.GetProperty("version").GetInt64()));
        Assert.Equal("\"2\"", refused.Headers.ETag?.ToString());
    }

    [Fact]
    public async Task Version_zero_is_a_register_never_written()
    {
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("cas/zero", [1], ("If-Match", "\"0\""))).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync("cas/zero", [1], ("If-Match", "\"0\""))).StatusCode);
    }

    [Fact]
    public async Task Put_if_none_match_any_decides()
    {
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("decide", "first"u8.ToArray(), ("If-None-Match", "*"))).StatusCode);
        var refused = await PutAsync("decide", "second"u8.ToArray(), ("If-None-Match", "*"));
        var problem = await HttpAssert.ProblemAsync(refused, HttpStatusCode.PreconditionFailed, "condition-failed");
        Assert.Equal("first", problem.GetProperty("value").GetString());
    }

    [Fact]
    public async Task Put_if_match_any_needs_a_value()
    {
        var refused = await PutAsync("replace", [1], ("If-Match", "*"));
        await HttpAssert.ProblemAsync(refused, HttpStatusCode.PreconditionFailed, "condition-failed");
        await PutAsync("replace", [1]);
        Assert.Equal("\"2\"", (await PutAsync("replace", [2], ("If-Match", "*"))).Headers.ETag?.ToString());
        await SendAsync(HttpMethod.Delete, "replace");
        await HttpAssert.ProblemAsync(await PutAsync("replace", [3], ("If-Match", "*")), HttpStatusCode.PreconditionFailed, "condition-failed");
    }

    [Fact]
    public async Task Delete_honours_if_match()
    {
        await PutAsync("delete/if", [1]);
        await HttpAssert.ProblemAsync(await SendAsync(HttpMethod.Delete, "delete/if", ("If-Match", "\"7\"")), HttpStatusCode.PreconditionFailed, "condition-failed");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Delete, "delete/if", ("If-Match", "\"1\""))).StatusCode);
        await HttpAssert.ProblemAsync(await SendAsync(HttpMethod.Delete, "delete/if", ("If-Match", "*")), HttpStatusCode.PreconditionFailed, "condition-failed");
        await HttpAssert.ProblemAsync(await SendAsync(HttpMethod.Delete, "delete/if", ("If-None-Match", "*")), HttpStatusCode.BadRequest, "bad-header");
    }

    [Theory]
    [InlineData("\"1\"", HttpStatusCode.NotModified)]
    [InlineData("W/\"1\"", HttpStatusCode.NotModified)]
    [InlineData("\"9\", \"1\"", HttpStatusCode.NotModified)]
    [InlineData("\"a,b\" , , W/\"1\"", HttpStatusCode.NotModified)]
    [InlineData("*", HttpStatusCode.NotModified)]
    [InlineData("\"abc\"", HttpStatusCode.OK)]
    [InlineData("\"9\", W/\"8\"", HttpStatusCode.OK)]
    [InlineData("\"01\"", HttpStatusCode.OK)]
    [InlineData("\"\"", HttpStatusCode.OK)]
    [InlineData("1", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("\"99999999999999999999\"", HttpStatusCode.OK)]
    public async Task Get_and_head_take_any_tag_in_if_none_match(string tags, HttpStatusCode status)
    {
        var name = $"get/tags/{Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(tags))}/x".Replace("//", "/");
        await PutAsync(name, [1]);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            var response = await SendAsync(method, name, ("If-None-Match", tags));
            Assert.Equal((status, "\"1\""), (response.StatusCode, response.Headers.ETag?.ToString()));
        }
    }

    [Theory]
    [InlineData("\"9\", \"1\"", HttpStatusCode.OK)]
    [InlineData("*", HttpStatusCode.OK)]
    [InlineData("W/\"1\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"abc\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("1", HttpStatusCode.PreconditionFailed)]
    public async Task Get_takes_any_tag_in_if_match(string tags, HttpStatusCode status)
    {
        await PutAsync("get/match", [1], ("If-None-Match", "*"));
        Assert.Equal(status, (await SendAsync(HttpMethod.Get, "get/match", ("If-Match", tags))).StatusCode);
    }

    [Fact]
    public async Task Get_honours_conditions()
    {
        await PutAsync("get/if", [1]);
        var unchanged = await SendAsync(HttpMethod.Get, "get/if", ("If-None-Match", "\"1\""));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal("\"1\"", unchanged.Headers.ETag?.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await SendAsync(HttpMethod.Get, "get/if", ("If-None-Match", "*"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, "get/if", ("If-None-Match", "\"2\""))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, "get/if", ("If-Match", "\"1\""))).StatusCode);
        await HttpAssert.ProblemAsync(await SendAsync(HttpMethod.Get, "get/if", ("If-Match", "\"2\"")), HttpStatusCode.PreconditionFailed, "condition-failed");
    }

    [Theory]
    [InlineData("If-Match", "7")]
    [InlineData("If-Match", "W/\"7\"")]
    [InlineData("If-Match", "\"7\", \"8\"")]
    [InlineData("If-Match", "\"\"")]
    [InlineData("If-Match", "\"abc\"")]
    [InlineData("If-Match", "\"-1\"")]
    [InlineData("If-Match", "\" 7\"")]
    [InlineData("If-Match", "\"99999999999999999999\"")]
    [InlineData("If-Match", "")]
    [InlineData("If-None-Match", "\"7\"")]
    [InlineData("If-None-Match", "**")]
    [InlineData("Idempotency-Key", "abc")]
    [InlineData("Idempotency-Key", "")]
    [InlineData("Idempotency-Key", "00000000-0000-0000-0000-000000000000")]
    [InlineData("Paxos-Floor", "3")]
    public async Task Put_refuses_a_header_that_it_does_not_understand(string header, string value)
    {
        var before = host.Registers.Changes;
        await HttpAssert.ProblemAsync(await PutAsync("bad/header", [1], (header, value)), HttpStatusCode.BadRequest, "bad-header");
        Assert.Equal(before, host.Registers.Changes);
    }

    [Fact]
    public async Task Put_refuses_both_conditions_and_headers_that_stand_twice()
    {
        await HttpAssert.ProblemAsync(await PutAsync("bad/both", [1], ("If-Match", "*"), ("If-None-Match", "*")), HttpStatusCode.BadRequest, "bad-header");
        await HttpAssert.ProblemAsync(await PutAsync("bad/both", [1], ("If-Match", "\"1\""), ("If-Match", "\"2\"")), HttpStatusCode.BadRequest, "bad-header");
        var key = UniqueId.New().ToString();
        await HttpAssert.ProblemAsync(await PutAsync("bad/both", [1], ("Idempotency-Key", key), ("Idempotency-Key", key)), HttpStatusCode.BadRequest, "bad-header");
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("\"{0}\"")]
    public async Task The_idempotency_key_is_the_request_id_and_applies_once(string form)
    {
        var id = UniqueId.New();
        var name = $"key/{form.Length}";
        (string, string) key = ("Idempotency-Key", string.Format(form, id));
        var first = await HttpAssert.JsonAsync(await PutAsync(name, [1], key));
        var second = await HttpAssert.JsonAsync(await PutAsync(name, [1], key, ("Paxos-Floor", "0")));
        Assert.Equal(id, first.GetProperty("requestId").GetGuid());
        Assert.Equal(1, second.GetProperty("version").GetInt64());
        Assert.Contains(new ChangeOptions(id, 0), host.Registers.Options);
    }

    [Fact]
    public async Task A_key_that_wrote_another_change_is_refused()
    {
        (string, string) key = ("Idempotency-Key", UniqueId.New().ToString());
        await PutAsync("key/reused", [1], key);
        await HttpAssert.ProblemAsync(await PutAsync("key/reused", [2], key), HttpStatusCode.UnprocessableEntity, "key-reused");
        await HttpAssert.ProblemAsync(await SendAsync(HttpMethod.Delete, "key/reused", key), HttpStatusCode.UnprocessableEntity, "key-reused");
    }

    [Fact]
    public async Task A_change_whose_entry_has_left_the_history_is_answered_with_its_version_and_no_value()
    {
        (string, string) key = ("Idempotency-Key", UniqueId.New().ToString());
        await PutAsync("key/left", [1], key);
        await PutAsync("key/left", [2]);
        host.Registers.ForgetsEntries = true;
        var again = await PutAsync("key/left", [1], key);
        host.Registers.ForgetsEntries = false;
        Assert.Equal((HttpStatusCode.OK, "\"1\""), (again.StatusCode, again.Headers.ETag?.ToString()));
        var envelope = await HttpAssert.JsonAsync(again);
        Assert.Equal(1, envelope.GetProperty("version").GetInt64());
        foreach (var unknown in (string[])["value", "encoding", "deleted", "requestId", "at"])
            Assert.Equal(JsonValueKind.Null, envelope.GetProperty(unknown).ValueKind);
    }

    [Fact]
    public async Task Consistency_is_passed_on_and_checked()
    {
        await SendAsync(HttpMethod.Get, "consistency?consistency=stale");
        Assert.Equal(ReadConsistency.Stale, host.Registers.LastConsistency);
        await SendAsync(HttpMethod.Get, "consistency?consistency=linearizable");
        Assert.Equal(ReadConsistency.Linearizable, host.Registers.LastConsistency);
        await HttpAssert.ProblemAsync(await SendAsync(HttpMethod.Get, "consistency?consistency=eventual"), HttpStatusCode.BadRequest, "bad-query");
        await HttpAssert.ProblemAsync(await SendAsync(HttpMethod.Get, "consistency?consistency=stale&consistency=stale"), HttpStatusCode.BadRequest, "bad-query");
    }

    private async Task<HttpResponseMessage> PutAsync(string name, byte[] value, params (string Name, string Value)[] headers)
    {
        using var request = Message(HttpMethod.Put, name, headers);
        request.Content = new ByteArrayContent(value);
        return await host.Client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string name, params (string Name, string Value)[] headers)
    {
        using var request = Message(method, name, headers);
        return await host.Client.SendAsync(request);
    }

    private static HttpRequestMessage Message(HttpMethod method, string name, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, $"/v1/registers/{name}");
        foreach (var (header, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        return request;
    }
}
