using System.Net;
using System.Text.Json;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>Three silos in separate processes that find each other in a file. No silo has a special role.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class ProcessClusterTests : IAsyncLifetime
{
    private static readonly string[] Names = ["a1", "a2", "a3"];

    private readonly string _data = Directory.CreateTempSubdirectory("cluster-").FullName;
    private readonly Dictionary<string, SiloUnderTest> _silos = [];

    public async ValueTask InitializeAsync() => await Task.WhenAll(Names.Select(StartAsync));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos.Values)
            await silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Any_one_may_be_killed_and_come_back()
    {
        var written = 0;
        foreach (var victim in Names)
        {
            await WriteAsync(Names, $"{++written}");
            await _silos[victim].KillAsync();
            await WriteAsync(Names.Except([victim]), $"{++written}");
            await StartAsync(victim);
            await StandingAsync(victim, HasCaughtUp);
            await WriteAsync(Names, $"{++written}");
        }
    }

    [Fact]
    public async Task Any_one_may_hang_and_go_on()
    {
        await WriteAsync(Names, "before");
        foreach (var victim in Names)
        {
            _silos[victim].Freeze();
            await WriteAsync(Names.Except([victim]), $"without {victim}");
            _silos[victim].Thaw();
            await VotingAsync(victim);
            await WriteAsync(Names, $"with {victim}");
        }
    }

    [Fact]
    public async Task Without_a_majority_nothing_is_written_and_service_resumes_by_itself()
    {
        await WriteAsync(Names, "before");
        await _silos["a2"].KillAsync();
        await _silos["a3"].KillAsync();
        var (refused, problem) = await RefusedAsync();
        Assert.Equal(2, problem.GetProperty("needed").GetInt32());
        Assert.Equal(["a1"], problem.GetProperty("answered").EnumerateArray().Select(name => name.GetString()));

        await StartAsync("a2");
        await VotingAsync("a2");
        Assert.Equal(HttpStatusCode.NotFound, (await _silos["a1"].Http.GetAsync(refused)).StatusCode);
        await WriteAsync(["a1", "a2"], "after");
    }

    [Fact]
    public async Task All_may_be_killed_at_once_and_start_again_from_their_directories()
    {
        await WriteAsync(Names, "kept");
        await Task.WhenAll(_silos.Values.Select(silo => silo.KillAsync()));
        await Task.WhenAll(Names.Select(StartAsync));
        foreach (var name in Names)
            await VotingAsync(name);
        foreach (var silo in _silos.Values)
            Assert.Equal("kept", await silo.Http.GetStringAsync("/v1/registers/shared"));
    }

    private async Task StartAsync(string name)
    {
        var silo = await SiloUnderTest.ServeAsync(_data, null, "--silo", name, "--acceptor-set", string.Join(',', Names));
        lock (_silos)
            _silos[name] = silo;
    }

    /// <summary>
    /// Writes until a write is refused. Right after the kill the outcome may be unknown instead, because a copy of the write may
    /// be in progress to a grain that Orleans still locates on a dead silo.
    /// </summary>
    private async Task<(string Path, JsonElement Problem)> RefusedAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var path = $"/v1/registers/alone/{attempt}";
            var response = await _silos["a1"].Http.PutAsync(path, new StringContent("x"));
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode is HttpStatusCode.ServiceUnavailable || (response.StatusCode is HttpStatusCode.GatewayTimeout && attempt < 10), text);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable)
                return (path, JsonDocument.Parse(text).RootElement);
        }
    }

    /// <summary>Writes, through each silo, a register that only it writes and one that all share, and reads them through the other silos.</summary>
    private async Task WriteAsync(IEnumerable<string> through, string value)
    {
        var silos = through.Select(name => (Name: name, _silos[name].Http)).ToList();
        foreach (var (name, http) in silos)
        {
            foreach (var register in new[] { $"own/{name}", "shared" })
            {
                var written = await http.PutAsync($"/v1/registers/{register}", new StringContent(value));
                Assert.True(written.IsSuccessStatusCode, $"{name} {register} {value}: {await written.Content.ReadAsStringAsync()}");
                foreach (var (_, reader) in silos)
                    Assert.Equal(value, await reader.GetStringAsync($"/v1/registers/{register}"));
            }
        }
    }

    /// <summary>Waits until all three silos answer and the acceptor votes.</summary>
    private Task VotingAsync(string acceptor) => StandingAsync(acceptor, IsVoting);

    private async Task StandingAsync(string acceptor, Func<JsonElement, bool> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (true)
        {
            var status = await _silos["a1"].Http.GetAsync("/v1/status", patience.Token);
            var ready = await _silos[acceptor].Http.GetAsync("/health/ready", patience.Token);
            if (ready.IsSuccessStatusCode && status.IsSuccessStatusCode && reached(StatusOf(await status.Content.ReadAsStringAsync(patience.Token), acceptor)))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }

    private static JsonElement StatusOf(string status, string acceptor) =>
        JsonDocument.Parse(status).RootElement.GetProperty("acceptors").EnumerateArray().First(entry => entry.GetProperty("name").GetString() == acceptor);

    private static bool IsVoting(JsonElement acceptor) => acceptor.GetProperty("standing").GetString() == "voting";

    private static bool HasCaughtUp(JsonElement acceptor) =>
        IsVoting(acceptor) && acceptor.GetProperty("missedSince").ValueKind == JsonValueKind.Null && acceptor.GetProperty("behind").GetInt64() == 0;
}
