using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>A watermark that is read once: another activation of the acceptor raises it unnoticed.</summary>
internal sealed class WatermarkFromMemory : Parts
{
    public override bool Forgets => true;

    public override bool UsesAccounts => true;

    public override IGrainStorage Storing(IGrainStorage storage) => new Remembering(storage);

    private sealed class Remembering(IGrainStorage inner) : RegisterDecorator(inner)
    {
        private readonly Dictionary<(string, GrainId), (byte[] Bytes, string? ETag, bool Exists)> _read = [];

        public override async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            var state = (IGrainState<StoredRecord>)grainState;
            if (_read.TryGetValue((stateName, grainId), out var known))
            {
                (state.State!.Bytes, state.ETag, state.RecordExists) = known;
                return;
            }

            await base.ReadStateAsync(stateName, grainId, grainState);
            Remember(stateName, grainId, state);
        }

        protected override async Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, RegisterAddition? addition)
        {
            await base.WriteAsync(stateName, grainId, grainState, addition);
            Remember(stateName, grainId, (IGrainState<StoredRecord>)grainState);
        }

        private void Remember(string stateName, GrainId grainId, IGrainState<StoredRecord> state)
        {
            if (stateName.StartsWith("watermarks", StringComparison.Ordinal))
                _read[(stateName, grainId)] = (state.State!.Bytes, state.ETag, state.RecordExists);
        }
    }
}
