using System.Collections.Concurrent;

namespace Orleans.Paxos.Verification.Chaos.Processes;

/// <summary>The silo processes of a run, over one directory: three of one acceptor each.</summary>
/// <param name="data">Where they keep their data.</param>
internal sealed class SiloCluster(string data) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SiloUnderTest> _running = new();
    private readonly ConcurrentDictionary<string, Uri> _urls = new();

    public static ImmutableArray<string> Names { get; } = ["a1", "a2", "a3"];

    /// <summary>Where each silo serves or, while it is down, did.</summary>
    public ImmutableArray<Uri> Urls => [.. Names.Select(name => _urls[name])];

    public Task StartAllAsync() => Task.WhenAll(Names.Select(StartAsync));

    public async Task StartAsync(string name)
    {
        var silo = await SiloUnderTest.ServeAsync(data, null, "--silo", name, "--acceptor-set", string.Join(',', Names));
        _running[name] = silo;
        _urls[name] = silo.Http.BaseAddress!;
    }

    /// <summary>SIGKILL, and no more.</summary>
    public async Task KillAsync(string name)
    {
        if (_running.TryRemove(name, out var silo))
            await silo.DisposeAsync();
    }

    /// <summary>SIGTERM, and waits for its end.</summary>
    public async Task StopAsync(string name)
    {
        await _running[name].StopAsync();
        await KillAsync(name);
    }

    /// <summary>SIGSTOP.</summary>
    public void Freeze(string name) => _running[name].Freeze();

    /// <summary>SIGCONT.</summary>
    public void Thaw(string name) => _running[name].Thaw();

    public async ValueTask DisposeAsync()
    {
        foreach (var name in Names)
            await KillAsync(name);
    }
}
