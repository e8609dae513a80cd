using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>Reply before persist: a write is acknowledged at once and stored later, if the process still runs.</summary>
internal sealed class ReplyBeforePersist : Parts
{
    public override IGrainStorage Storing(IGrainStorage storage) => new WriteBehind(storage);

    private sealed class WriteBehind(IGrainStorage inner) : RegisterDecorator(inner)
    {
        private readonly Dictionary<(string, GrainId), byte[]> _newest = [];
        private readonly Dictionary<(string, GrainId), Task> _writing = [];

        public override bool IsExclusivelyOwned => true;

        public override async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            await base.ReadStateAsync(stateName, grainId, grainState);
            if (!_newest.TryGetValue((stateName, grainId), out var bytes))
                return;
            ((StoredRecord)(object)grainState.State!).Bytes = bytes;
            grainState.RecordExists = true;
        }

        public override Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

        protected override Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, RegisterAddition? addition)
        {
            var key = (stateName, grainId);
            var bytes = _newest[key] = ((StoredRecord)(object)grainState.State!).Bytes;
            _writing[key] = StoreAsync(_writing.GetValueOrDefault(key, Task.CompletedTask), stateName, grainId, bytes, addition);
            grainState.RecordExists = true;
            return Task.CompletedTask;
        }

        private async Task StoreAsync(Task before, string stateName, GrainId grainId, byte[] bytes, RegisterAddition? addition)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            var stored = new GrainState<StoredRecord>(new StoredRecord());
            await base.ReadStateAsync(stateName, grainId, stored);
            stored.State!.Bytes = bytes;
            await base.WriteAsync(stateName, grainId, stored, addition);
        }
    }
}

/// <summary>Promises are not persisted: only accepted states are stored.</summary>
internal sealed class PromiseNotPersisted : Parts
{
    public override IGrainStorage Storing(IGrainStorage storage) => new PromiseDropping(storage);

    private sealed class PromiseDropping(IGrainStorage inner) : RegisterDecorator(inner)
    {
        private static readonly AcceptorRecordFormat Format = new();

        protected override Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, RegisterAddition? addition)
        {
            if (stateName == AcceptorStorage.RegisterRecord)
            {
                var stored = (StoredRecord)(object)grainState.State!;
                var record = Format.Decode(stored.Bytes);
                stored.Bytes = Format.Encode(record with { Promised = record.Accepted });
            }

            return base.WriteAsync(stateName, grainId, grainState, addition);
        }
    }
}

/// <summary>The log loses its entries: the record is written, but the entries that it replaces are not.</summary>
internal sealed class ReplacedNotLogged : Parts
{
    public override IGrainStorage Storing(IGrainStorage storage) => new LogDropping(storage);

    private sealed class LogDropping(IGrainStorage inner) : RegisterDecorator(inner)
    {
        protected override Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, RegisterAddition? addition) =>
            base.WriteAsync(stateName, grainId, grainState, addition is null ? null : addition with { Entries = [] });
    }
}

/// <summary>A refusal that nobody heeds: of the records of a commit, those that another writer has changed count as written, too.</summary>
internal sealed class RefusalIgnored : Parts
{
    public override IGrainStorage Storing(IGrainStorage storage) => new Deaf(storage);

    private sealed class Deaf(IGrainStorage inner) : RegisterDecorator(inner)
    {
        protected override async Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, RegisterAddition? addition)
        {
            try
            {
                await base.WriteAsync(stateName, grainId, grainState, addition);
            }
            catch (InconsistentStateException) when (stateName == AcceptorStorage.RegisterRecord)
            {
                grainState.RecordExists = true;
            }
        }
    }
}

/// <summary>A chunk of the history that is written into the air, while the record says where it is.</summary>
internal sealed class ChunkNotStored : Parts
{
    public override IGrainStorage Storing(IGrainStorage storage) => new RecordDropper(storage, "history-");
}

/// <summary>A blank acceptor that votes: it lost its records but still believes that it may vote.</summary>
internal sealed class BlankAcceptorVotes : Parts
{
    public override bool IdentityOutlivesDisk => true;
}

/// <summary>No flush after recovery: a process answers with what the previous process wrote and did not flush.</summary>
internal sealed class NoFlushAfterRecovery : Parts
{
    public override bool FlushesWhatItFinds => false;

    public override bool UsesDisks => true;
}

/// <summary>A log lost unnoticed: a database without its write-ahead log is used as if nothing were missing.</summary>
internal sealed class LogLostUnnoticed : Parts
{
    public override bool NoticesLostLog => false;
}
