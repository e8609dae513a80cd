using System.Collections.Concurrent;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Tests.Cli.Load;

/// <summary>A target that records its calls and whose operations take the time that a test sets.</summary>
internal sealed class FakeTarget : ILoadTarget
{
    private readonly ConcurrentBag<(Action<bool> Listing, Action<string, long, ReadOnlyMemory<byte>> Seen)> _watchers = [];
    private int _operations;
    private int _atOnce;
    private int _watches;
    private long _version;

    public string Name => "fake";

    /// <summary>What the operation with a number, from 1, does before it ends: it advances the clock, fails or waits.</summary>
    public Func<int, CancellationToken, Task>? Operation { get; init; }

    /// <summary>Whether the watcher with a number, from 0, receives a version.</summary>
    public Func<int, long, bool> Delivers { get; init; } = (_, _) => true;

    /// <summary>Whether each version is delivered twice.</summary>
    public bool Repeats { get; init; }

    /// <summary>The version with which watches of a prefix begin again; 0 for none.</summary>
    public long BeginsAgainAt { get; init; }

    /// <summary>What the watch with a number, from 1, does once it is open; when null, it watches until it is stopped.</summary>
    public Func<int, CancellationToken, Task>? Watching { get; init; }

    public ConcurrentQueue<(string Register, byte[] Value)> Writes { get; } = [];

    public ConcurrentQueue<(string Register, bool Linearizable)> Reads { get; } = [];

    public int Operations => Volatile.Read(ref _operations);

    public int MostAtOnce { get; private set; }

    public long Deliveries { get; private set; }

    /// <summary>Creates a target whose operations take a given time and advance the clock by it.</summary>
    public static FakeTarget Taking(Action<TimeSpan> advance, Func<int, TimeSpan> duration) => new()
    {
        Operation = (number, _) =>
        {
            advance(duration(number));
            return Task.CompletedTask;
        },
    };

    public async Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken)
    {
        Writes.Enqueue((register, value));
        await OperateAsync(cancellationToken);
        lock (_watchers)
            Deliver(register, ++_version, value);
    }

    public Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken)
    {
        Reads.Enqueue((register, linearizable));
        return OperateAsync(cancellationToken);
    }

    public Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        WatchPrefixAsync(register, static _ => { }, (_, version, value) => seen(version, value), cancellationToken);

    public async Task WatchPrefixAsync(string prefix, Action<bool> listing, Action<string, long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _watches);
        _watchers.Add((listing, seen));
        var last = Writes.Last();
        listing(true);
        seen(last.Register, Volatile.Read(ref _version), last.Value);
        listing(false);
        await (Watching?.Invoke(number, cancellationToken) ?? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
    }

    private void Deliver(string register, long version, byte[] value)
    {
        foreach (var (watcher, index) in _watchers.Select((watcher, index) => (watcher, index)).Where(each => Delivers(each.index, version)))
        {
            Deliveries++;
            watcher.Listing(version == BeginsAgainAt);
            watcher.Seen(register, version, value);
            if (Repeats)
                watcher.Seen(register, version, value);
        }
    }

    private async Task OperateAsync(CancellationToken cancellationToken)
    {
        var atOnce = Interlocked.Increment(ref _atOnce);
        lock (Writes)
            MostAtOnce = Math.Max(MostAtOnce, atOnce);
        try
        {
            await (Operation?.Invoke(Interlocked.Increment(ref _operations), cancellationToken) ?? Task.CompletedTask);
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }
}
