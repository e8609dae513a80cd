using System.Net;
using System.Text.Json;

namespace Orleans.Paxos.Tests.Http;

public sealed class WatchTests : IAsyncLifetime
{
    private readonly HttpHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_version_comes_once_and_in_order()
    {
        await WriteAsync("x", "one", "two");
        using var watch = await WatchAsync("x");
        Assert.Equal(("1", "one"), await watch.EntryAsync());
        Assert.Equal(("2", "two"), await watch.EntryAsync());
        await WriteAsync("x", "three\nwith a line\r\nbreak");
        Assert.Equal(("3", "three\nwith a line\r\nbreak"), await watch.EntryAsync());
        await _host.Registers.ChangeAsync("x", Change.Delete());
        Assert.Equal(("4", null), await watch.EntryAsync());
    }

    [Theory]
    [InlineData("x?after=1", null, "2")]
    [InlineData("x", "1", "2")]
    [InlineData("x?after=1", "2", "3")]
    public async Task It_goes_on_after_what_was_seen(string target, string? lastEventId, string first)
    {
        await WriteAsync("x", "1", "2", "3");
        using var watch = await WatchAsync(target, lastEventId);
        Assert.Equal((first, first), await watch.EntryAsync());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task It_goes_on_after_the_id_seen_and_begins_anew_if_another_request_wrote_that_version(bool inTheAddress)
    {
        await WriteAsync("x", "1", "2", "3");
        var seen = WatchPoint.Of((await _host.Registers.HistoryAsync("x"))[1]);
        using (var same = await WatchAfterAsync(seen))
            Assert.Equal(("3", "3"), await same.EntryAsync());
        using var other = await WatchAfterAsync(seen with { RequestId = UniqueId.New() });
        var (name, id, _) = await other.EventAsync();
        Assert.Equal(("reset", "0"), (name, id));
        Assert.Equal(("1", "1"), await other.EntryAsync());

        Task<Reader> WatchAfterAsync(WatchPoint point) => inTheAddress ? WatchAsync($"x?after={point}") : WatchAsync("x?after=1", $"{point}");
    }

    [Fact]
    public async Task Watchers_that_saw_the_same_version_of_two_clusters_do_not_share_an_answer()
    {
        await WriteAsync("x", "1");
        var seen = WatchPoint.Of((await _host.Registers.HistoryAsync("x"))[0]);
        using var same = await WatchAsync("x", $"{seen}");
        using var other = await WatchAsync("x", $"{seen with { RequestId = UniqueId.New() }}");
        Assert.Equal("reset", (await other.EventAsync()).Event);
        await WriteAsync("x", "2");
        Assert.Equal(("2", "2"), await same.EntryAsync());
    }

    [Fact]
    public async Task Proxies_are_told_to_pass_events_on_at_once_and_as_they_are()
    {
        using var watch = await _host.Client.GetAsync("/v1/watch/x", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("no", Assert.Single(watch.Headers.GetValues("X-Accel-Buffering")));
        Assert.Equal((true, true, true), (watch.Headers.CacheControl!.NoCache, watch.Headers.CacheControl.NoStore, watch.Headers.CacheControl.NoTransform));
        Assert.Null(watch.Content.Headers.ContentLength);
        Assert.Empty(watch.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Missed_versions_are_reported()
    {
        await WriteAsync("x", "1", "2", "3");
        _host.Registers.CompactedThrough = 2;
        using var watch = await WatchAsync("x");
        Assert.Equal(("compacted", "2", "{\"compactedThrough\":2}"), await watch.EventAsync());
        Assert.Equal(("3", "3"), await watch.EntryAsync());
    }

    [Fact]
    public async Task WatchAheadOfTheRegister_IsToldResetThenTheVersions()
    {
        await WriteAsync("x", "1");
        using var watch = await WatchAsync("x", "40");
        var (name, id, data) = await watch.EventAsync();
        Assert.Equal(("reset", "0"), (name, id));
        Assert.Contains("does not have the version", JsonDocument.Parse(data).RootElement.GetProperty("detail").GetString());
        Assert.Equal(("1", "1"), await watch.EntryAsync());
    }

    [Fact]
    public async Task WatchWithoutAMajority_SaysUnavailableAndNotNothingNew()
    {
        _host.Registers.Tell(WatchNotice.Unavailable);
        using var watch = await WatchAsync("x");
        var (name, id, data) = await watch.EventAsync();
        Assert.Equal(("unavailable", ""), (name, id));
        Assert.Contains("No majority", JsonDocument.Parse(data).RootElement.GetProperty("detail").GetString());
        Assert.Equal(": unavailable", await watch.LineAsync());
    }

    [Fact]
    public async Task WatchWithAMajorityAgain_SaysAvailable()
    {
        _host.Registers.Tell(WatchNotice.Unavailable);
        using var watch = await WatchAsync("x");
        Assert.Equal("unavailable", (await watch.EventAsync()).Event);
        _host.Registers.Tell(WatchNotice.Available);
        Assert.Equal("available", (await watch.EventAsync()).Event);
        Assert.Equal(": nothing new", await watch.LineAsync());
    }

    [Fact]
    public async Task A_silent_watch_sends_comments()
    {
        using var watch = await WatchAsync("never/written");
        Assert.Equal(": nothing new", await watch.LineAsync());
        Assert.Equal("", await watch.LineAsync());
        Assert.Equal(": nothing new", await watch.LineAsync());
    }

    [Theory]
    [InlineData("x?after=-1", null, "bad-query")]
    [InlineData("x?after=one", null, "bad-query")]
    [InlineData("x", "one", "bad-header")]
    [InlineData("x", "1-", "bad-header")]
    [InlineData("x", "-becf8bb0-a537-41e0-a015-4118a689f981", "bad-header")]
    [InlineData("x?after=1-23", null, "bad-query")]
    [InlineData("x?after=1-becf8bb0-a537-41e0-a015-4118a689f981-2", null, "bad-query")]
    [InlineData("x?after=9223372036854775808", null, "bad-query")]
    [InlineData("!x", null, "bad-name")]
    public async Task Bad_arguments_are_refused_before_the_stream_starts(string target, string? lastEventId, string type)
    {
        using var request = Request(target, lastEventId);
        await HttpAssert.ProblemAsync(await _host.Client.SendAsync(request), HttpStatusCode.BadRequest, type);
    }

    [Fact]
    public async Task It_ends_when_the_reader_leaves()
    {
        var watch = await WatchAsync("x");
        Assert.Equal(1, Volatile.Read(ref _host.Registers.Watchers));
        watch.Dispose();
        while (Volatile.Read(ref _host.Registers.Watchers) > 0)
            await Task.Yield();
    }

    [Fact]
    public async Task It_ends_when_the_host_stops()
    {
        using var watch = await WatchAsync("x");
        await _host.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        while (await watch.LineAsync() is { } line)
            Assert.True(line is "" or ": nothing new", line);
    }

    private async Task WriteAsync(string name, params string[] values)
    {
        foreach (var value in values)
            await _host.Registers.ChangeAsync(name, Change.Set(System.Text.Encoding.UTF8.GetBytes(value)));
    }

    private static HttpRequestMessage Request(string target, string? lastEventId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/watch/{target}");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return request;
    }

    private async Task<Reader> WatchAsync(string target, string? lastEventId = null)
    {
        using var request = Request(target, lastEventId);
        var response = await _host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        var reader = new Reader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        while (Volatile.Read(ref _host.Registers.Watchers) == 0)
            await Task.Yield();
        return reader;
    }

    private sealed class Reader(HttpResponseMessage response, StreamReader lines) : IDisposable
    {
        public ValueTask<string?> LineAsync() => lines.ReadLineAsync(TestContext.Current.CancellationToken);

        public async Task<(string Event, string Id, string Data)> EventAsync()
        {
            var (name, id, data) = ("message", "", "");
            while (true)
            {
                var line = await LineAsync() ?? throw new EndOfStreamException();
                if (line.StartsWith("event: "))
                    name = line["event: ".Length..];
                else if (line.StartsWith("id: "))
                    id = line["id: ".Length..];
                else if (line.StartsWith("data: "))
                    data = line["data: ".Length..];
                else if (line == "" && data != "")
                    return (name, id, data);
            }
        }

        public async Task<(string Id, string? Value)> EntryAsync()
        {
            var (name, id, data) = await EventAsync();
            var envelope = JsonDocument.Parse(data).RootElement;
            Assert.Equal("message", name);
            var version = envelope.GetProperty("version").GetInt64();
            Assert.Equal($"{version}-{envelope.GetProperty("requestId").GetGuid()}", id);
            return ($"{version}", envelope.GetProperty("value").GetString());
        }

        public void Dispose()
        {
            lines.Dispose();
            response.Dispose();
        }
    }
}
