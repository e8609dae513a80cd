using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>A register is forgotten when only some have accepted its end: nobody is asked.</summary>
internal sealed class ForgottenBySome : Parts
{
    public override bool Forgets => true;

    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => new Coverer(reach(acceptor));

    private sealed class Coverer(IAcceptor inner) : AcceptorDecorator(inner)
    {
        public override Task<CoverReply> CoverAsync(CoverRequest request) =>
            Task.FromResult(new CoverReply([.. request.Ended.Select(static _ => Cover.Same)]));
    }
}

/// <summary>No watermark of versions: proposers do not see what a register begins above.</summary>
internal sealed class VersionsBeginAgain : Parts
{
    public override bool Forgets => true;

    public override IAcceptor Asking(string silo, string acceptor, Func<string, IAcceptor> reach) => new Forgetful(reach(acceptor));

    private sealed class Forgetful(IAcceptor inner) : AcceptorDecorator(inner)
    {
        public override async Task<PrepareReply> PrepareAsync(PrepareRequest request)
        {
            var reply = await base.PrepareAsync(request);
            return reply.Accepted.IsNone ? reply with { State = null } : reply;
        }
    }
}

/// <summary>A watermark without the round: what was promised for a forgotten register counts no more after a restart.</summary>
internal sealed class RoundForgotten : Parts
{
    public override bool Forgets => true;

    public override IGrainStorage Storing(IGrainStorage storage) => new WithoutRounds(storage);

    private sealed class WithoutRounds(IGrainStorage inner) : RegisterDecorator(inner)
    {
        private static readonly WatermarkPageFormat Format = new();

        protected override Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, RegisterAddition? addition)
        {
            if (stateName.StartsWith("watermarks", StringComparison.Ordinal))
            {
                var stored = (StoredRecord)(object)grainState.State!;
                stored.Bytes = Format.Encode([.. Format.Decode(stored.Bytes).Select(static each => each with { Round = 0 })]);
            }

            return base.WriteAsync(stateName, grainId, grainState, addition);
        }
    }
}

/// <summary>A watermark that is not stored before the record goes: a restart finds neither.</summary>
internal sealed class WatermarkNotStored : Parts
{
    public override bool Forgets => true;

    public override IGrainStorage Storing(IGrainStorage storage) => new RecordDropper(storage, "watermarks");
}

/// <summary>A name that leaves the list before its record goes: the record stays, as after a crash between the two.</summary>
internal sealed class NameDroppedFirst : Parts
{
    public override bool Forgets => true;

    public override IGrainStorage Storing(IGrainStorage storage) => new NamesOnly(storage);

    private sealed class NamesOnly(IGrainStorage inner) : RegisterDecorator(inner)
    {
        protected override async Task RemoveAsync(RegisterWrite write)
        {
            var kept = new GrainState<StoredRecord>(new StoredRecord());
            await ReadStateAsync(write.StateName, write.GrainId, kept);
            await WriteAsync(write.StateName, write.GrainId, kept, write.Addition);
            (write.Record.ETag, write.Record.RecordExists) = (null, false);
        }
    }
}

/// <summary>Watermarks raised by a majority, which is one acceptor short: its initial round has no watermark, and whoever finds what it accepted goes on from there.</summary>
internal sealed class RaisedByMajority : Parts
{
    public override bool Raises => true;

    public override IEnumerable<string> Raising(ImmutableArray<string> acceptors) => acceptors.Take(new Quorums(acceptors.Length).Majority);
}
