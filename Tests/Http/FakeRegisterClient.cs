using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Orleans.Paxos.Client.Registers;

namespace Orleans.Paxos.Tests.Http;

/// <summary>Registers in a dictionary, with the rules of changes but without consensus.</summary>
internal sealed class FakeRegisterClient : IRegisterClient
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, List<RegisterEntry>> _registers = new(Comparer<string>.Create(ByBytes));
    private readonly List<(string Name, RegisterEntry Entry)> _written = [];
    private readonly ConcurrentQueue<WatchNotice> _told = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the entry of a request that is sent again is no longer known.</summary>
    public bool ForgetsEntries { get; set; }

    /// <summary>What every call throws, when it is set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What a list of entries throws, when it is set.</summary>
    public Exception? ListFailure { get; set; }

    /// <summary>The task that every call waits for, if set.</summary>
    public Task? Stall { get; set; }

    /// <summary>The version up to which a watch reports everything as compacted.</summary>
    public long CompactedThrough { get; set; }

    /// <summary>The number of changes before which a watch of a prefix cannot go on without a gap.</summary>
    public int ChangesLost { get; set; }

    public ConcurrentQueue<ChangeOptions?> Options { get; } = new();

    public ReadConsistency LastConsistency { get; private set; }

    public int Changes { get; private set; }

    public int Reads { get; private set; }

    public int Pages { get; private set; }

    public int Watchers;

    public async Task<ChangeOutcome> ChangeAsync(string name, Change change, ChangeOptions? options = null, CancellationToken cancellationToken = default)
    {
        await EnterAsync(name, cancellationToken);
        Options.Enqueue(options);
        lock (_lock)
        {
            var entries = _registers.GetValueOrDefault(name, []);
            var newest = entries.LastOrDefault();
            var id = options?.RequestId ?? UniqueId.New();
            if (entries.Find(entry => entry.RequestId == id) is { } earlier)
            {
                var same = change.Kind == ChangeKind.Add || WindowItem.Of(earlier).Holds(change.Value, change.Kind == ChangeKind.Delete);
                return new ChangeOutcome(
                    same ? ChangeStatus.Applied : ChangeStatus.RequestIdReused, ForgetsEntries ? null : earlier, newest!.Version, earlier.Version);
            }

            var version = newest?.Version ?? 0;
            if (Refusal(change, newest, version) is { } refusal)
                return new ChangeOutcome(refusal, newest, version);
            var deletion = change.Kind == ChangeKind.Delete;
            var written = new RegisterEntry(version + 1, change.Kind == ChangeKind.Add ? Sum(change, newest) : change.Value, deletion, id, DateTimeOffset.UnixEpoch)
            {
                Guard = change.Fence ?? (deletion ? null : newest?.Guard),
                Session = change.Session,
            };
            _registers[name] = [.. entries, written];
            _written.Add((name, written));
            Changes++;
            Pulse();
            return new ChangeOutcome(ChangeStatus.Applied, written, version + 1, version + 1);
        }
    }

    public async Task<RegisterEntry?> ReadAsync(string name, ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default)
    {
        await EnterAsync(name, cancellationToken);
        LastConsistency = consistency;
        Reads++;
        lock (_lock)
            return _registers.GetValueOrDefault(name, []).LastOrDefault();
    }

    public async Task<ImmutableArray<RegisterEntry>> HistoryAsync(string name, CancellationToken cancellationToken = default)
    {
        await EnterAsync(name, cancellationToken);
        lock (_lock)
            return [.. _registers.GetValueOrDefault(name, [])];
    }

    public async IAsyncEnumerable<WatchBatch> WatchAsync(string name, WatchPoint after = default, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref Watchers);
        try
        {
            if (WatchSequence.FromHistory(await HistoryAsync(name, cancellationToken), after).Notice == WatchNotice.Reset)
            {
                after = 0;
                yield return new WatchBatch([], 0, WatchNotice.Reset);
            }

            while (true)
            {
                Task changed;
                lock (_lock)
                    changed = _changed.Task;
                while (_told.TryDequeue(out var notice))
                    yield return new WatchBatch([], 0, notice);

                ImmutableArray<RegisterEntry> news;
                var compacted = after.Version < CompactedThrough ? CompactedThrough : 0;
                lock (_lock)
                {
                    after = Math.Max(after.Version, compacted);
                    news = [.. _registers.GetValueOrDefault(name, []).Where(entry => entry.Version > after.Version)];
                }

                if (!news.IsEmpty)
                {
                    after = news[^1].Version;
                    yield return new WatchBatch(news, compacted);
                }

                await changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref Watchers);
        }
    }

    public async IAsyncEnumerable<PrefixBatch> WatchPrefixAsync(string prefix = "", string cursor = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await EnterAsync("any", cancellationToken);
        Interlocked.Increment(ref Watchers);
        try
        {
            var seen = PrefixCursor.TryParse(cursor, out var at) && at.Seq >= ChangesLost ? (int)at.Seq : -1;
            while (true)
            {
                Task changed;
                PrefixBatch news;
                lock (_lock)
                {
                    changed = _changed.Task;
                    news = seen < 0 ? Current(prefix) : Since(prefix, seen);
                    seen = _written.Count;
                }

                while (_told.TryDequeue(out var notice))
                    yield return new PrefixBatch([], CursorAt(seen), Notice: notice);
                if (news.Begins || !news.Events.IsEmpty)
                    yield return news;
                await changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref Watchers);
        }
    }

    private PrefixBatch Current(string prefix) => new(
        [
            .. _registers.Where(each => each.Key.StartsWith(prefix, StringComparison.Ordinal) && !each.Value[^1].Deleted)
                .Select(each => new PrefixEvent(each.Key, new WatchBatch([each.Value[^1]], 0))),
        ],
        CursorAt(_written.Count),
        Begins: true,
        Listed: true);

    private PrefixBatch Since(string prefix, int seen) => new(
        [
            .. _written.Skip(seen).Where(each => each.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(each => new PrefixEvent(each.Name, new WatchBatch([each.Entry], each.Entry.Version == CompactedThrough + 1 ? CompactedThrough : 0))),
        ],
        CursorAt(_written.Count));

    private static string CursorAt(int seen) => new PrefixCursor(Guid.Empty, seen, null, []).ToString();

    public async Task<NamePage> ListPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default)
    {
        await EnterAsync("any", cancellationToken);
        Pages++;
        lock (_lock)
        {
            ImmutableArray<string> names =
            [
                .. _registers.Where(register => !register.Value[^1].Deleted).Select(register => register.Key)
                    .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && ByBytes(name, after) > 0),
            ];
            return new NamePage([.. names.Take(limit)], names.Length > limit);
        }
    }

    public async Task<EntryPage> ListEntriesPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default)
    {
        if (ListFailure is { } failure)
            throw failure;
        var page = await ListPageAsync(prefix, after, limit, cancellationToken);
        lock (_lock)
            return new EntryPage([.. page.Names.Select(name => new NamedEntry(name, _registers[name][^1]))], page.More);
    }

    public async Task<ClusterStatus> StatusAsync(CancellationToken cancellationToken = default)
    {
        await EnterAsync("any", cancellationToken);
        return new ClusterStatus(1, 2,
            [
                new AcceptorStatus("a1", AcceptorStanding.Voting, "", "a1", "sqlite", 7, CatchUp: new CatchUpStatus(DateTimeOffset.UnixEpoch, Looked: 7, Behind: 3, Brought: 2)),
                new AcceptorStatus("a2", AcceptorStanding.Unreachable, "no answer", "", "", 0),
                new AcceptorStatus("a3", AcceptorStanding.StorageLost, "blank", "a3", "sqlite", 0),
            ], "a1");
    }

    /// <summary>Tells a watcher that no majority answers, or that one does again.</summary>
    public void Tell(WatchNotice notice)
    {
        lock (_lock)
        {
            _told.Enqueue(notice);
            Pulse();
        }
    }

    private void Pulse()
    {
        _changed.SetResult();
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static byte[] Sum(Change change, RegisterEntry? newest) =>
        CounterValue.Format(CounterValue.Parse(change.Value)!.Value + (newest is { Deleted: false } ? CounterValue.Parse(newest.Value)!.Value : 0));

    private static ChangeStatus? Refusal(Change change, RegisterEntry? newest, long version) => change.Kind switch
    {
        _ when change.Fence is { } fence && newest?.Guard?.Admits(fence) == false => ChangeStatus.Fenced,
        ChangeKind.Add when newest is { Deleted: false } && CounterValue.Parse(newest.Value) is null => ChangeStatus.NotACounter,
        ChangeKind.CompareAndSet when change.ExpectedVersion != version => ChangeStatus.VersionMismatch,
        ChangeKind.Decide when newest is { Deleted: false } => ChangeStatus.AlreadyDecided,
        ChangeKind.Delete when newest is null or { Deleted: true } => ChangeStatus.NotFound,
        ChangeKind.Delete when change.ExpectedVersion is { } expected && expected != version => ChangeStatus.VersionMismatch,
        _ => null,
    };

    private static int ByBytes(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    private async Task EnterAsync(string name, CancellationToken cancellationToken)
    {
        RegisterName.Validate(name);
        if (Stall is { } stall)
            await stall.WaitAsync(cancellationToken);
        if (Failure is { } failure)
            throw failure;
    }
}
