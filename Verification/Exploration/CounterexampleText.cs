using System.Text;

namespace Orleans.Paxos.Verification.Exploration;

/// <summary>Formats a counterexample as text, one line for each move.</summary>
internal sealed class CounterexampleText(SmallWorld small)
{
    private readonly Catalogue _catalogue = small.Catalogue;

    public string Of(Counterexample<Move> counterexample)
    {
        var text = new StringBuilder();
        for (var index = 0; index < counterexample.Moves.Length; index++)
            text.Append($"{index + 1,4}. {Of(counterexample.Moves[index])}\n");
        return text.Append($"      {counterexample.Breach.Invariant}: {counterexample.Breach.Detail}.\n").ToString();
    }

    public string Of(Move move)
    {
        var (proposer, acceptor) = ($"p{move.Actor + 1}", $"a{move.Actor + 1}");
        return move.Kind switch
        {
            MoveKind.Prepare => $"{proposer} asks all acceptors to promise {Of(_catalogue.Prepares[move.Subject].Ballot)}",
            MoveKind.Promise when move.Subject == 0 => $"{acceptor} gets a prepare that it must not grant",
            MoveKind.Promise => $"{acceptor} promises {Of(_catalogue.Promises[move.Subject].Promised)}, having accepted {Accepted(_catalogue.Promises[move.Subject])}",
            MoveKind.Propose => $"{proposer} has a quorum of promises and sends {Of(_catalogue.Accepts[move.Subject])}",
            MoveKind.ProposePrepared => $"{proposer} uses its prepared round and sends {Of(_catalogue.Accepts[move.Subject])}",
            MoveKind.ProposeInitial => $"{proposer} takes the register for new and sends {Of(_catalogue.Accepts[move.Subject])}",
            MoveKind.Accept => $"{acceptor} accepts {Of(_catalogue.Accepts[move.Subject])}",
            MoveKind.AskCurrent => $"{proposer} asks all acceptors whether {Of(_catalogue.Rounds[move.Subject].Base.Ballot)} is the newest they accepted",
            MoveKind.SayCurrent => $"{acceptor} says that {Of(_catalogue.Rounds[move.Subject].Base.Ballot)} is",
            MoveKind.Answer => $"{proposer} knows that {Of(_catalogue.Rounds[move.Subject].Base.State)} is chosen, and its request's outcome",
            MoveKind.Store => $"{acceptor} stores what it has in memory",
            MoveKind.Release => $"{acceptor} releases its promise of {Of(_catalogue.Promises[move.Subject].Promised)}",
            MoveKind.Crash => $"{acceptor} crashes and is back where it had promised {Of(_catalogue.Records[move.Subject].Promised)} and accepted {Of(_catalogue.Records[move.Subject].State)}",
            MoveKind.Restart => $"{proposer} restarts under its old id",
            MoveKind.Forget => $"{acceptor} forgets the register; from now on it has promised {Of(_catalogue.Records[move.Subject].Promised)} and begins above {_catalogue.Records[move.Subject].State.Origin.Version}",
            _ => throw new ArgumentOutOfRangeException(nameof(move), move.Kind, "Unknown move."),
        };
    }

    private static string Accepted(PrepareReply reply) => reply.State is null ? "nothing" : $"{Of(reply.State)} under {Of(reply.Accepted)}";

    private static string Of(AcceptRequest request) => $"{Of(request.State)} under {Of(request.Ballot)}, next {Of(request.Next)}";

    private static string Of(RegisterState state) => ChainText.Of(state) is { Length: > 0 } chain ? $"'{chain}'" : "nothing";

    private static string Of(Ballot ballot) => ballot.IsNone ? "none" : $"{ballot.Round}.p{ballot.Proposer.ToByteArray()[0]}";
}
