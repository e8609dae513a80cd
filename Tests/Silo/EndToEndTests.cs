using System.Net;
using System.Text.Json;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>HTTP, client library, grains, acceptors and storage together, in the real process.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class EndToEndTests(EndToEndTests.Served served) : IClassFixture<EndToEndTests.Served>
{
    private const int Callers = 200;
    private const int MaxValueBytes = 262_144;

    private HttpClient Http => served.Silo!.Http;

    [Fact]
    public async Task Of_200_that_compare_and_set_the_same_version_one_wins()
    {
        await PutAsync("race/cas", "first");
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => PutAsync("race/cas", $"{caller}", ("If-Match", "\"1\""))));
        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(Callers - 1, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
        var winner = answers.Single(answer => answer.Status == HttpStatusCode.OK).Envelope;
        Assert.Equal(2, winner.GetProperty("version").GetInt64());
        Assert.Equal(winner.GetProperty("value").GetString(), await Http.GetStringAsync("/v1/registers/race/cas"));
    }

    [Fact]
    public async Task Of_200_that_decide_one_wins_and_every_other_gets_the_winner()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => PutAsync("race/decide", $"{caller}", ("If-None-Match", "*"))));
        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(Callers - 1, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
        Assert.Single(answers.Select(answer => answer.Envelope.GetProperty("value").GetString()).Distinct());
    }

    [Fact]
    public async Task One_request_sent_by_many_at_once_is_applied_once()
    {
        var key = UniqueId.New().ToString();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PutAsync("once", "v", ("Idempotency-Key", key), ("Paxos-Floor", "0"))));
        Assert.Equal(1, (await PutAsync("once", "v", ("Idempotency-Key", key), ("Paxos-Floor", "0"))).Envelope.GetProperty("version").GetInt64());
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(MaxValueBytes, HttpStatusCode.OK)]
    [InlineData(MaxValueBytes + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_binary_value_comes_back_as_it_was(int bytes, HttpStatusCode status)
    {
        var value = new byte[bytes];
        new Random(bytes).NextBytes(value);
        Assert.Equal(status, (await Http.PutAsync($"/v1/registers/size/{bytes}", new ByteArrayContent(value))).StatusCode);
        var read = await Http.GetAsync($"/v1/registers/size/{bytes}");
        if (status == HttpStatusCode.OK)
            Assert.Equal(value, await read.Content.ReadAsByteArrayAsync());
        else
            Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Fact]
    public async Task A_watcher_sees_every_version_while_it_is_written()
    {
        const int Versions = 100;
        using var lines = new StreamReader(await Http.GetStreamAsync("/v1/watch/watched"));
        var writes = Task.Run(async () =>
        {
            for (var version = 1; version <= Versions; version++)
                await PutAsync("watched", $"{version}");
        });
        var seen = new List<string>();
        while (seen.Count < Versions)
        {
            if (await lines.ReadLineAsync() is { } line && line.StartsWith("id: "))
                seen.Add(line["id: ".Length..line.IndexOf('-')]);
        }

        await writes;
        Assert.Equal(Enumerable.Range(1, Versions).Select(version => $"{version}"), seen);
    }

    [Fact]
    public async Task Names_are_listed_as_soon_as_they_are_acknowledged_and_not_after_they_are_deleted()
    {
        string[] names = ["listed/a", "listed/\u00e9", "listed/z"];
        foreach (var name in names)
        {
            await PutAsync(name, "x");
            Assert.Contains(name, await ListAsync());
        }

        Assert.Equal(HttpStatusCode.OK, (await Http.DeleteAsync("/v1/registers/listed/a")).StatusCode);
        Assert.Equal(["listed/z", "listed/\u00e9"], await ListAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync("/v1/registers/listed/a")).StatusCode);
        Assert.Equal(2, JsonDocument.Parse(await Http.GetStringAsync("/v1/history/listed/a")).RootElement.GetArrayLength());
    }

    private async Task<string[]> ListAsync() =>
        JsonSerializer.Deserialize<string[]>(await Http.GetStringAsync("/v1/registers?prefix=listed/"))!;

    private async Task<(HttpStatusCode Status, JsonElement Envelope)> PutAsync(string name, string value, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/registers/{name}") { Content = new StringContent(value) };
        foreach (var (header, text) in headers)
            request.Headers.TryAddWithoutValidation(header, text);
        var response = await Http.SendAsync(request);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>A process that the tests of a class share.</summary>
    public sealed class Served : IAsyncLifetime
    {
        private readonly string _data = Directory.CreateTempSubdirectory("served-").FullName;

        internal SiloUnderTest? Silo { get; private set; }

        public async ValueTask InitializeAsync() => Silo = await SiloUnderTest.ServeAsync(_data);

        public async ValueTask DisposeAsync()
        {
            await Silo!.DisposeAsync();
            Directory.Delete(_data, recursive: true);
        }
    }
}
