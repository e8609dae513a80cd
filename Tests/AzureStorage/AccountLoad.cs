using System.Collections.Concurrent;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Writers that each use their own registers. It records acknowledged and failed writes and the longest time without a success.</summary>
internal sealed class AccountLoad
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Between a writer's writes, so that the load leaves processor time to what the test waits for.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly IRegisterClient _client;
    private readonly ConcurrentDictionary<string, List<(Guid RequestId, long Version)>> _acknowledged = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Lock _gate = new();
    private readonly Task[] _writers;
    private readonly TimeProvider _clock = TimeProvider.System;
    private volatile bool _stopping;
    private readonly List<Phase> _phases = [new("start")];
    private int _writes;
    private long _lastSuccess;

    public AccountLoad(IRegisterClient client, int writers)
    {
        _client = client;
        _lastSuccess = _clock.GetTimestamp();
        _writers = [.. Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync($"load/{writer}")))];
    }

    /// <summary>The writes that were not acknowledged, with the reasons.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Starts a new phase, whose times are recorded separately.</summary>
    public void Begin(string phase)
    {
        lock (_gate)
            _phases.Add(new Phase(phase));
    }

    /// <summary>Waits for a number of further acknowledged writes.</summary>
    public async Task RunForAsync(int writes)
    {
        var wanted = Volatile.Read(ref _writes) + writes;
        while (Volatile.Read(ref _writes) < wanted && _failures.IsEmpty)
            await Task.Delay(TimeSpan.FromMilliseconds(10), _clock);
    }

    public Task StopAsync()
    {
        _stopping = true;
        return Task.WhenAll(_writers);
    }

    public string Describe() =>
        $"{_writes} writes, {_failures.Count} failed. Longest gap between successful writes, longest write, in ms: {string.Join("; ", _phases)}.";

    /// <summary>Checks that every acknowledged write is present under its request id, and that the versions have no gap.</summary>
    public async Task VerifyAsync()
    {
        Assert.NotEmpty(_acknowledged);
        foreach (var (name, acknowledged) in _acknowledged.Where(writes => writes.Value.Count > 0))
        {
            var newest = await _client.ReadAsync(name);
            Assert.InRange(newest!.Version, acknowledged[^1].Version, acknowledged[^1].Version + 1); // one more may have been under way at the end
            Assert.Equal(Enumerable.Range(1, acknowledged.Count).Select(version => (long)version), acknowledged.Select(write => write.Version));
            var history = await _client.HistoryAsync(name);
            foreach (var entry in history.Where(entry => entry.Version <= acknowledged.Count))
                Assert.Equal((name, acknowledged[(int)entry.Version - 1].RequestId), (name, entry.RequestId));
        }
    }

    /// <summary>
    /// Checks that each acceptor, asked alone, eventually holds every register at its last acknowledged version or later. A write
    /// waits only for a majority, so an acceptor that is behind catches up with the next write.
    /// </summary>
    public async Task AllAcceptorsCatchUpAsync(AzureCluster cluster)
    {
        foreach (var (name, acknowledged) in _acknowledged)
        {
            foreach (var acceptor in cluster.Silos)
            {
                for (var started = _clock.GetTimestamp(); await cluster.VersionAtAsync(acceptor, name) < acknowledged[^1].Version;)
                {
                    Assert.True(_clock.GetElapsedTime(started) < Patience, $"{acceptor} does not catch up with {name}.");
                    await _client.ChangeAsync(name, Change.Set(Requests.Bytes("again")));
                }
            }
        }
    }

    private async Task WriteAsync(string name)
    {
        var acknowledged = _acknowledged.GetOrAdd(name, _ => []);
        for (var count = 0; !_stopping; count++)
        {
            var started = _clock.GetTimestamp();
            try
            {
                var outcome = await _client.ChangeAsync(name, Change.Set(Requests.Bytes($"{count}")));
                acknowledged.Add((outcome.Entry!.RequestId, outcome.Entry.Version));
                NoteSuccess(started);
                await Task.Delay(Pause, _clock);
            }
            catch (Exception exception) when (exception is OutcomeUnknownException or QuorumUnavailableException)
            {
                _failures.Enqueue($"{name}: {exception.Message}");
                return;
            }
        }
    }

    private void NoteSuccess(long started)
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            _phases[^1].Note(gap: _clock.GetElapsedTime(_lastSuccess, now), write: _clock.GetElapsedTime(started, now));
            _lastSuccess = now;
            _writes++;
        }
    }

    /// <summary>The longest times during which a condition held.</summary>
    private sealed class Phase(string name)
    {
        private TimeSpan _gap;
        private TimeSpan _write;

        public void Note(TimeSpan gap, TimeSpan write)
        {
            _gap = gap > _gap ? gap : _gap;
            _write = write > _write ? write : _write;
        }

        public override string ToString() => $"{name} {_gap.TotalMilliseconds:0}, {_write.TotalMilliseconds:0}";
    }
}
