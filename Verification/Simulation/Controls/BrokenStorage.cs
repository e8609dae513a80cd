using Orleans.Storage;

namespace Orleans.Paxos.Verification;

/// <summary>Reply before persist: a write is acknowledged at once and stored some time later, if the process lives to see it.</summary>
internal sealed class ReplyBeforePersist : Parts
{
    public override IGrainStorage Storing(IGrainStorage storage) => new WriteBehind(storage);

    private sealed class WriteBehind(IGrainStorage inner) : IGrainStorage, IAcceptorGrainStorage
    {
        private readonly Dictionary<(string, GrainId), byte[]> _newest = [];
        private readonly Dictionary<(string, GrainId), Task> _writing = [];

        public bool IsExclusivelyOwned => true;

        public string Kind => "write-behind";

        public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            await inner.ReadStateAsync(stateName, grainId, grainState);
            if (!_newest.TryGetValue((stateName, grainId), out var bytes))
                return;
            ((StoredRecord)(object)grainState.State!).Bytes = bytes;
            grainState.RecordExists = true;
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            var key = (stateName, grainId);
            var bytes = _newest[key] = ((StoredRecord)(object)grainState.State!).Bytes;
            _writing[key] = StoreAsync(_writing.GetValueOrDefault(key, Task.CompletedTask), stateName, grainId, bytes);
            grainState.RecordExists = true;
            return Task.CompletedTask;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

        private async Task StoreAsync(Task before, string stateName, GrainId grainId, byte[] bytes)
        {
            await before.EndAsync();
            var stored = new GrainState<StoredRecord>(new StoredRecord());
            await inner.ReadStateAsync(stateName, grainId, stored);
            stored.State!.Bytes = bytes;
            await inner.WriteStateAsync(stateName, grainId, stored);
        }
    }
}

/// <summary>A promise not persisted: only what was accepted is stored.</summary>
internal sealed class PromiseNotPersisted : Parts
{
    public override IGrainStorage Storing(IGrainStorage storage) => new PromiseDropping(storage);

    private sealed class PromiseDropping(IGrainStorage inner) : IGrainStorage, IAcceptorGrainStorage
    {
        private static readonly AcceptorRecordFormat Format = new();

        public bool IsExclusivelyOwned => ((IAcceptorGrainStorage)inner).IsExclusivelyOwned;

        public string Kind => "promise-dropping";

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            inner.ReadStateAsync(stateName, grainId, grainState);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (stateName == "register")
            {
                var stored = (StoredRecord)(object)grainState.State!;
                var record = Format.Decode(stored.Bytes);
                stored.Bytes = Format.Encode(record with { Promised = record.Accepted });
            }

            return inner.WriteStateAsync(stateName, grainId, grainState);
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            inner.ClearStateAsync(stateName, grainId, grainState);
    }
}

/// <summary>A blank acceptor that votes: it lost its records, and still knows itself for one that may vote.</summary>
internal sealed class BlankAcceptorVotes : Parts
{
    public override bool IdentityOutlivesDisk => true;
}
