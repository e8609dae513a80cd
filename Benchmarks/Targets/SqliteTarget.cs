using System.Collections.Concurrent;
using Orleans.Paxos.Cli.Load.Targets;
using Orleans.Storage;

namespace Orleans.Paxos.Benchmarks.Targets;

/// <summary>A target that uses the storage provider alone, with one copy and its group commit. It shows the cost of durability itself.</summary>
/// <param name="storage">The provider.</param>
internal sealed class SqliteTarget(IGrainStorage storage) : ILoadTarget
{
    private readonly ConcurrentDictionary<string, Record> _records = new();

    public string Name => "SQLite alone";

    public Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken) =>
        RecordOf(register).WriteAsync(storage, value, cancellationToken);

    public Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken) =>
        RecordOf(register).ReadAsync(storage, cancellationToken);

    public Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A record in SQLite cannot be watched.");

    private Record RecordOf(string register) =>
        _records.GetOrAdd(register, static name => new Record(GrainId.Create("floor", name)));

    /// <summary>A record with its ETag. Its writes take turns, because each write needs the ETag that the previous one returned.</summary>
    private sealed class Record(GrainId id)
    {
        private const string StateName = "value";

        private readonly SemaphoreSlim _turn = new(1);
        private GrainState<StoredRecord>? _state;

        public Task WriteAsync(IGrainStorage storage, byte[] value, CancellationToken cancellationToken) => InTurnAsync(storage, state =>
        {
            state.State = new StoredRecord { Bytes = value };
            return storage.WriteStateAsync(StateName, id, state);
        }, cancellationToken);

        public Task ReadAsync(IGrainStorage storage, CancellationToken cancellationToken) =>
            InTurnAsync(storage, state => storage.ReadStateAsync(StateName, id, state), cancellationToken);

        private async Task InTurnAsync(IGrainStorage storage, Func<GrainState<StoredRecord>, Task> action, CancellationToken cancellationToken)
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                await action(_state ??= await OpenAsync(storage));
            }
            finally
            {
                _turn.Release();
            }
        }

        private async Task<GrainState<StoredRecord>> OpenAsync(IGrainStorage storage)
        {
            var state = new GrainState<StoredRecord> { State = new StoredRecord() };
            await storage.ReadStateAsync(StateName, id, state);
            return state;
        }
    }
}
