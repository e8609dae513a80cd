using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration;

/// <summary>Assigns a number to every state, record and message of an exploration.</summary>
internal sealed class Catalogue
{
    public Catalogue()
    {
        States = new(state => (ChainText.Of(state), state.Entries.Length, state.Origin.Forgotten));
        Records = new(record => (record.Promised, record.Accepted, States.NumberOf(record.State)));
        Prepares = new(request => request.Ballot);
        Promises = new(reply => (reply.Promised, reply.Accepted, reply.State is null ? (ushort)0 : States.NumberOf(reply.State)));
        Accepts = new(request => (request.Ballot, States.NumberOf(request.State), request.Next));
        Watermarks = new(watermark => watermark);
        Chains = new(chain => chain);
        Rounds = new(round => (round.Ballot, round.Base.Ballot, States.NumberOf(round.Base.State)));
    }

    /// <summary>The states. Two states are equal when the same requests made them, because within a scenario a request always makes the same entry.</summary>
    public Interned<RegisterState, (string Chain, int Entries, long Forgotten)> States { get; }

    public Interned<AcceptorRecord, (Ballot Promised, Ballot Accepted, ushort State)> Records { get; }

    public Interned<PrepareRequest, Ballot> Prepares { get; }

    public Interned<PrepareReply, (Ballot Promised, Ballot Accepted, ushort State)> Promises { get; }

    public Interned<AcceptRequest, (Ballot Ballot, ushort State, Ballot Next)> Accepts { get; }

    public Interned<PreparedRound, (Ballot Ballot, Ballot BaseBallot, ushort Base)> Rounds { get; }

    public Interned<Watermark, Watermark> Watermarks { get; }

    /// <summary>All versions that were chosen so far, as <see cref="ChainText"/> formats them.</summary>
    public Interned<string, string> Chains { get; }
}
