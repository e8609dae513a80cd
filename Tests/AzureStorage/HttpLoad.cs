using System.Collections.Concurrent;
using System.Text.Json;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Writers over HTTP, each with its own register and one silo. They send every write once, and record acknowledged and failed writes and the longest write.</summary>
internal sealed class HttpLoad
{
    /// <summary>Between a writer's writes, so that the load leaves processor time to what the test waits for.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, List<(long Version, string Value)>> _acknowledged = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Lock _gate = new();
    private readonly List<Phase> _phases = [new("start", 0, TimeSpan.Zero)];
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Task[] _writers;
    private volatile bool _stopping;
    private int _writes;

    /// <summary>Starts the writers.</summary>
    public HttpLoad(IReadOnlyList<(HttpClient Through, string Register)> writers) =>
        _writers = [.. writers.Select(writer => Task.Run(() => WriteAsync(writer.Through, writer.Register)))];

    /// <summary>The writes that were not acknowledged, with the responses.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Starts a new phase, whose writes are recorded separately.</summary>
    public void Begin(string phase)
    {
        lock (_gate)
            _phases.Add(new Phase(phase, 0, TimeSpan.Zero));
    }

    /// <summary>Waits for a number of further acknowledged writes, or for a failure.</summary>
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

    public string Describe() => $"{_writes} writes, {_failures.Count} failed. {string.Join("; ", _phases)}.";

    /// <summary>Checks that every acknowledged write that the history still contains has its version, and that the newest version is the last write.</summary>
    public async Task VerifyAsync(HttpClient silo)
    {
        foreach (var (register, acknowledged) in _acknowledged)
        {
            Assert.NotEmpty(acknowledged);
            Assert.Equal(Enumerable.Range((int)acknowledged[0].Version, acknowledged.Count).Select(version => (long)version), acknowledged.Select(write => write.Version));
            var history = JsonDocument.Parse(await silo.GetStringAsync($"/v1/history/{register}")).RootElement.EnumerateArray()
                .Select(entry => (Version: entry.GetProperty("version").GetInt64(), Value: entry.GetProperty("value").GetString()!)).ToArray();
            Assert.Equal(acknowledged.TakeLast(history.Length), history.TakeLast(acknowledged.Count));
        }
    }

    private async Task WriteAsync(HttpClient through, string register)
    {
        var acknowledged = _acknowledged.GetOrAdd(register, _ => []);
        for (var count = 0; !_stopping; count++)
        {
            var started = _clock.GetTimestamp();
            var value = $"{count}";
            using var response = await through.PutAsync($"/v1/registers/{register}", new StringContent(value));
            var text = await response.Content.ReadAsStringAsync();
            var took = _clock.GetElapsedTime(started);
            if (!response.IsSuccessStatusCode)
            {
                _failures.Enqueue($"{register} = {value}, after {took.TotalMilliseconds:0} ms: {(int)response.StatusCode} {text}");
                return;
            }

            acknowledged.Add((JsonDocument.Parse(text).RootElement.GetProperty("version").GetInt64(), value));
            Note(took);
            await Task.Delay(Pause, _clock);
        }
    }

    private void Note(TimeSpan took)
    {
        lock (_gate)
        {
            var phase = _phases[^1];
            _phases[^1] = phase with { Writes = phase.Writes + 1, Longest = took > phase.Longest ? took : phase.Longest };
            _writes++;
        }
    }

    private sealed record Phase(string Name, int Writes, TimeSpan Longest)
    {
        public override string ToString() => $"{Name}: {Writes} writes, the longest {Longest.TotalMilliseconds:0} ms";
    }
}
