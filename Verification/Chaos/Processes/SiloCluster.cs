using System.Collections.Concurrent;

namespace Orleans.Paxos.Verification.Chaos.Processes;

/// <summary>The silo processes of a run, which share one directory: three silos with one acceptor each.</summary>
/// <param name="data">The directory of their data.</param>
internal sealed class SiloCluster(string data) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SiloUnderTest> _running = new();
    private readonly ConcurrentDictionary<string, Uri> _urls = new();

    public static ImmutableArray<string> Names { get; } = ["a1", "a2", "a3"];

    /// <summary>The URL of each silo. For a silo that is down it is the last URL.</summary>
    public ImmutableArray<Uri> Urls => [.. Names.Select(name => _urls[name])];

    public Task StartAllAsync() => Task.WhenAll(Names.Select(StartAsync));

    public async Task StartAsync(string name)
    {
        var silo = await SiloUnderTest.ServeAsync(data, null, "--silo", name, "--acceptor-set", string.Join(',', Names));
        _running[name] = silo;
        _urls[name] = silo.Http.BaseAddress!;
    }

    /// <summary>Sends SIGKILL without restarting the silo.</summary>
    public async Task KillAsync(string name)
    {
        if (_running.TryRemove(name, out var silo))
            await silo.DisposeAsync();
    }

    /// <summary>Sends SIGTERM and waits until the silo has ended.</summary>
    public async Task StopAsync(string name)
    {
        await _running[name].StopAsync();
        await KillAsync(name);
    }

    /// <summary>Sends SIGSTOP.</summary>
    public void Freeze(string name) => _running[name].Freeze();

    /// <summary>Sends SIGCONT.</summary>
    public void Thaw(string name) => _running[name].Thaw();

    public async ValueTask DisposeAsync()
    {
        foreach (var name in Names)
            await KillAsync(name);
    }
}
