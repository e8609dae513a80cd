using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>A fence that is compared and not stored: an acceptor knows guards only for as long as it remembers the register.</summary>
internal sealed class FenceNotStored : Parts
{
    public override bool UsesFences => true;

    public override IGrainStorage Storing(IGrainStorage storage) => new WithoutGuards(storage);

    private sealed class WithoutGuards(IGrainStorage inner) : RegisterDecorator(inner)
    {
        private static readonly AcceptorRecordFormat Format = new();

        protected override Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, RegisterAddition? addition)
        {
            if (stateName == AcceptorStorage.RegisterRecord)
            {
                var stored = (StoredRecord)(object)grainState.State!;
                var record = Format.Decode(stored.Bytes);
                stored.Bytes = Format.Encode(record with { State = record.State.WithoutGuards() });
            }

            return base.WriteAsync(stateName, grainId, grainState, addition);
        }
    }
}

/// <summary>A register that two locks fence: it looks at the fences of one lock, and takes what comes behind those of another.</summary>
internal sealed class FenceOfTwoLocks : Parts
{
    public override bool UsesFences => true;

    public override Func<ProposeRequest, Task<ProposeResult>> Proposing(Func<ProposeRequest, Task<ProposeResult>> propose)
    {
        string? first = null;
        return request => propose(request with { Changes = [.. request.Changes.Select(OfFirstLock)] });

        ChangeRequest OfFirstLock(ChangeRequest request)
        {
            first ??= request.Change.Fence?.Lock;
            return request.Change.Fence?.Lock == first ? request : request with { Change = request.Change with { Fence = null } };
        }
    }
}

/// <summary>A guard that is forgotten with its register: acceptors do not find it when they read the record of a tombstone.</summary>
internal sealed class GuardForgotten : Parts
{
    public override bool UsesFences => true;

    public override bool Forgets => true;

    public override IGrainStorage Storing(IGrainStorage storage) => new WithoutGuards(storage);

    private sealed class WithoutGuards(IGrainStorage inner) : RegisterDecorator(inner)
    {
        private static readonly AcceptorRecordFormat Format = new();

        public override async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            await base.ReadStateAsync(stateName, grainId, grainState);
            if (stateName != AcceptorStorage.RegisterRecord || !grainState.RecordExists)
                return;
            var stored = (StoredRecord)(object)grainState.State!;
            var record = Format.Decode(stored.Bytes);
            if (record.State.Newest is { Deleted: true, Guard: not null })
                stored.Bytes = Format.Encode(record with { State = record.State.WithoutGuards() });
        }
    }
}

/// <summary>States as if there were no guards.</summary>
internal static class GuardRemoval
{
    public static RegisterState WithoutGuards(this RegisterState state) => state with
    {
        Entries = [.. state.Entries.Select(static entry => entry with { Guard = null })],
        Window = [.. state.Window.Select(static item => item with { GuardHash = 0 })],
    };
}
