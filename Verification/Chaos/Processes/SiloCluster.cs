using System.Collections.Concurrent;

namespace Orleans.Paxos.Verification.Chaos.Processes;

/// <summary>The silo processes of a run, which share one directory: three silos with one acceptor each, and perhaps a spare one.</summary>
/// <param name="data">The directory of their data.</param>
/// <param name="spares">The silos that are not in the acceptor set of the settings.</param>
internal sealed class SiloCluster(string data, params ImmutableArray<string> spares) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new();
    private readonly ConcurrentDictionary<string, SiloUnderTest> _running = new();
    private readonly ConcurrentDictionary<string, Uri> _urls = new();

    /// <summary>The acceptors of the settings, which every silo has.</summary>
    public static ImmutableArray<string> Names { get; } = ["a1", "a2", "a3"];

    /// <summary>All silos.</summary>
    public ImmutableArray<string> Silos { get; } = [.. Names, .. spares];

    /// <summary>The file in which clients find the silos.</summary>
    public string MembershipFile => Path.Combine(data, "membership.db");

    /// <summary>The URL of each silo. For a silo that is down it is the last URL.</summary>
    public ImmutableArray<Uri> Urls => [.. Silos.Select(name => _urls[name])];

    public Task StartAllAsync() => Task.WhenAll(Silos.Select(StartAsync));

    /// <summary>Does something to a silo that ends with the silo running. What is done to one silo is done one thing after another.</summary>
    public async Task InTurnAsync(string name, Func<Task> action)
    {
        var turns = _turns.GetOrAdd(name, static _ => new SemaphoreSlim(1));
        await turns.WaitAsync();
        try
        {
            await action();
        }
        finally
        {
            turns.Release();
        }
    }

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

    /// <summary>Takes the disk of a silo that was killed.</summary>
    public void Wipe(string name) => Directory.Delete(Path.Combine(data, name), recursive: true);

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
        foreach (var name in Silos)
            await KillAsync(name);
    }
}
