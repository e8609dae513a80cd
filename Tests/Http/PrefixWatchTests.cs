using System.Net;
using System.Text.Json;

namespace Orleans.Paxos.Tests.Http;

public sealed class PrefixWatchTests : IAsyncLifetime
{
    private readonly HttpHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task It_begins_with_the_current_entries_and_goes_on_with_changes()
    {
        await WriteAsync("app/a", "1", "2");
        await WriteAsync("other", "1");
        using var watch = await WatchAsync("app/");
        Assert.Equal(["resync", "app/a 2=2", "listed"], await watch.EventsAsync(3));
        await WriteAsync("other", "2");
        await WriteAsync("app/b", "1");
        await _host.Registers.ChangeAsync("app/a", Change.Delete());
        Assert.Equal(["app/b 1=1", "app/a 3="], await watch.EventsAsync(2));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task It_goes_on_after_the_id_of_an_event(bool inTheAddress)
    {
        await WriteAsync("app/a", "1");
        string seen;
        using (var watch = await WatchAsync("app/"))
        {
            await watch.EventsAsync(3);
            seen = await watch.IdAsync();
        }

        await WriteAsync("app/a", "2");
        using var next = inTheAddress ? await WatchAsync($"app/&after={seen}") : await WatchAsync("app/", seen);
        Assert.Equal(["app/a 2=2"], await next.EventsAsync(1));
    }

    [Fact]
    public async Task Where_there_is_a_gap_it_begins_again()
    {
        await WriteAsync("app/a", "1");
        using var watch = await WatchAsync("app/");
        await watch.EventsAsync(3);
        var seen = await watch.IdAsync();
        await WriteAsync("app/b", "1", "2");
        _host.Registers.ChangesLost = 2;
        using var next = await WatchAsync("app/", seen);
        Assert.Equal(["resync", "app/a 1=1", "app/b 2=2", "listed"], await next.EventsAsync(4));
    }

    [Fact]
    public async Task Missed_versions_are_reported_with_the_name()
    {
        using var watch = await WatchAsync("app/");
        await watch.EventsAsync(2);
        _host.Registers.CompactedThrough = 1;
        await WriteAsync("app/a", "1", "2");
        Assert.Equal(["app/a 1=1", "compacted app/a 1", "app/a 2=2"], await watch.EventsAsync(3));
    }

    [Fact]
    public async Task Watchers_of_one_prefix_that_saw_the_same_share_a_question()
    {
        using var first = await WatchAsync("app/");
        using var second = await WatchAsync("app/");
        await Task.WhenAll(first.EventsAsync(2), second.EventsAsync(2));
        await WriteAsync("app/a", "1");
        Assert.Equal(["app/a 1=1"], await first.EventsAsync(1));
        Assert.Equal(["app/a 1=1"], await second.EventsAsync(1));
        Assert.InRange(_host.Registers.Watchers, 1, 1);
    }

    [Theory]
    [InlineData("/v1/watch?prefix=app/&after=7", null, "after")]
    [InlineData("/v1/watch?prefix=app/", "7", "Last-Event-ID")]
    [InlineData("/v1/watch?prefix=a%00", null, "prefix")]
    [InlineData("/v1/watch?prefiks=app/", null, "prefiks")]
    public async Task A_request_that_is_wrong_is_refused(string target, string? seen, string names)
    {
        using var request = Request(target, seen);
        using var response = await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(names, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task WriteAsync(string name, params string[] values)
    {
        foreach (var value in values)
            await _host.Registers.ChangeAsync(name, Change.Set(System.Text.Encoding.UTF8.GetBytes(value)));
    }

    private static HttpRequestMessage Request(string target, string? seen)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target);
        if (seen is not null)
            request.Headers.Add("Last-Event-ID", seen);
        return request;
    }

    private async Task<Reader> WatchAsync(string prefix, string? seen = null)
    {
        using var request = Request($"/v1/watch?prefix={prefix}", seen);
        var response = await _host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new Reader(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    private sealed class Reader(HttpResponseMessage response, StreamReader lines) : IDisposable
    {
        private string _id = "";

        /// <summary>Reads events, each in a few words.</summary>
        public async Task<List<string>> EventsAsync(int count)
        {
            var (events, name, data) = (new List<string>(), "message", "");
            while (events.Count < count)
            {
                var line = await LineAsync();
                if (line.StartsWith("event: "))
                    name = line["event: ".Length..];
                else if (line.StartsWith("id: "))
                    _id = line["id: ".Length..];
                else if (line.StartsWith("data: "))
                    data = line["data: ".Length..];
                else if (line == "" && data != "")
                {
                    events.Add(Words(name, JsonDocument.Parse(data).RootElement));
                    (name, data) = ("message", "");
                }
            }

            return events;
        }

        /// <summary>Reads the id that follows the events of an answer.</summary>
        public async Task<string> IdAsync()
        {
            for (var line = ""; _id.Length == 0; line = await LineAsync())
            {
                if (line.StartsWith("id: "))
                    _id = line["id: ".Length..];
            }

            return _id;
        }

        public void Dispose()
        {
            lines.Dispose();
            response.Dispose();
        }

        private async Task<string> LineAsync() => await lines.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new EndOfStreamException();

        private static string Words(string name, JsonElement data) => name switch
        {
            "message" => $"{data.GetProperty("name").GetString()} {data.GetProperty("version").GetInt64()}={data.GetProperty("value").GetString()}",
            "compacted" => $"compacted {data.GetProperty("name").GetString()} {data.GetProperty("compactedThrough").GetInt64()}",
            _ => name,
        };
    }
}
