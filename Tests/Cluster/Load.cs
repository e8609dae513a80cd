using System.Collections.Concurrent;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Cluster;

/// <summary>Writers that each use their own registers and record which writes are acknowledged and which are unknown.</summary>
internal sealed class Load
{
    private readonly IRegisterClient _client;
    private readonly ConcurrentDictionary<string, List<(Guid RequestId, long Version)>> _acknowledged = new();
    private readonly ConcurrentDictionary<string, int> _unknown = new();
    private readonly List<Task> _writers;
    private volatile bool _stopping;
    private int _count;

    public Load(IRegisterClient client, int writers)
    {
        _client = client;
        _writers = [.. Enumerable.Range(0, writers).Select(writer => WriteAsync($"load/{writer}"))];
    }

    /// <summary>Waits until a total number of writes is acknowledged.</summary>
    public async Task RunUntilAsync(int acknowledged)
    {
        while (Volatile.Read(ref _count) < acknowledged)
        {
            if (_writers.Find(writer => writer.IsFaulted) is { } failed)
                await failed;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    public Task StopAsync()
    {
        _stopping = true;
        return Task.WhenAll(_writers);
    }

    /// <summary>Checks that every acknowledged write is present and in order, and that an unknown outcome explains every gap in the versions.</summary>
    public async Task VerifyAsync()
    {
        foreach (var (name, acknowledged) in _acknowledged)
        {
            var newest = await _client.ReadAsync(name);
            Assert.InRange(newest!.Version, acknowledged[^1].Version, acknowledged[^1].Version + _unknown.GetValueOrDefault(name));
            Assert.Equal(acknowledged.Select(write => write.Version).Order().Distinct(), acknowledged.Select(write => write.Version));
            Assert.InRange(newest.Version, acknowledged.Count, acknowledged.Count + _unknown.GetValueOrDefault(name));
            var history = await _client.HistoryAsync(name);
            foreach (var entry in history)
            {
                var write = acknowledged.Find(write => write.Version == entry.Version);
                Assert.True(write.RequestId == entry.RequestId || _unknown.ContainsKey(name), $"{name} {entry.Version} was acknowledged for another request");
            }
        }
    }

    private async Task WriteAsync(string name)
    {
        var acknowledged = _acknowledged.GetOrAdd(name, _ => []);
        for (var count = 0; !_stopping; count++)
        {
            try
            {
                var outcome = await _client.ChangeAsync(name, Change.Set(Requests.Bytes($"{count}")));
                Assert.Equal(ChangeStatus.Applied, outcome.Status);
                acknowledged.Add((outcome.Entry!.RequestId, outcome.Entry.Version));
                Interlocked.Increment(ref _count);
            }
            catch (OutcomeUnknownException)
            {
                _unknown.AddOrUpdate(name, 1, (_, known) => known + 1);
            }
        }
    }
}
