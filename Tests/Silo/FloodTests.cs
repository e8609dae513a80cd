using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>Hundreds of connections that never complete their requests, while other clients write.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class FloodTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Key = "the-key-of-the-flood-test";
    private const int SlowHeaders = 250;
    private const int SlowBodies = 250;
    private const int Writers = 8;
    private const int WritesEach = 50;

    private readonly string _data = Directory.CreateTempSubdirectory("flood-").FullName;
    private readonly HttpClient _http = new() { DefaultRequestHeaders = { Authorization = new("Bearer", Key) } };
    private WebApplication? _app;

    public async ValueTask InitializeAsync()
    {
        var builder = SiloApplication.CreateBuilder(SiloCommandLine.Parse("--data", _data, "--url", "http://127.0.0.1:0"));
        builder.Configuration.AddInMemoryCollection([new("Paxos:Http:ReadWriteKeys:0", Key)]);
        _app = SiloApplication.Build(builder, SettingsReader.Read(builder.Configuration));
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Every_write_succeeds_through_the_grains_and_through_HTTP()
    {
        await using var flood = new SlowConnections();
        await flood.AddSlowHeadersAsync(_http.BaseAddress!.Port, SlowHeaders);
        await flood.AddSlowBodiesAsync(_http.BaseAddress.Port, SlowBodies, Key);

        var grains = Enumerable.Range(0, Writers).Select(writer => WriteAsync($"grains/{writer}", ThroughGrainsAsync));
        var http = Enumerable.Range(0, Writers).Select(writer => WriteAsync($"http/{writer}", ThroughHttpAsync));
        var longest = await Task.WhenAll(grains.Concat(http).ToArray());

        output.WriteLine(
            $"{longest.Length * WritesEach} writes beside {SlowHeaders + SlowBodies} slow connections, of which {flood.Closed} were closed and made again; {ThreadPool.ThreadCount} threads; longest write {longest.Max().TotalMilliseconds:0} ms");
        Assert.True(ThreadPool.ThreadCount < SlowBodies, $"{ThreadPool.ThreadCount} threads: slow connections hold threads that others need.");
        Assert.True(flood.Bytes >= SlowHeaders + SlowBodies, $"The flood sent {flood.Bytes} bytes only.");
        var registers = _app!.Services.GetRequiredService<IRegisterClient>();
        Assert.Null(await registers.ReadAsync("slow"));
    }

    /// <summary>Writes one version after another and returns the time of the slowest write. The only writer of a register never sees another version.</summary>
    private static async Task<TimeSpan> WriteAsync(string name, Func<string, byte[], Task<long>> writeAsync)
    {
        var longest = TimeSpan.Zero;
        for (var version = 1; version <= WritesEach; version++)
        {
            var begun = TimeProvider.System.GetTimestamp();
            Assert.Equal(version, await writeAsync(name, Encoding.ASCII.GetBytes($"{version}")));
            var elapsed = TimeProvider.System.GetElapsedTime(begun);
            longest = elapsed > longest ? elapsed : longest;
        }

        return longest;
    }

    private async Task<long> ThroughGrainsAsync(string name, byte[] value)
    {
        var outcome = await _app!.Services.GetRequiredService<IRegisterClient>().ChangeAsync(name, Change.Set(value));
        Assert.Equal(ChangeStatus.Applied, outcome.Status);
        return outcome.Entry!.Version;
    }

    private async Task<long> ThroughHttpAsync(string name, byte[] value)
    {
        var response = await _http.PutAsync($"/v1/registers/{name}", new ByteArrayContent(value));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("version").GetInt64();
    }
}
