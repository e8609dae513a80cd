using System.Text;

namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>Formats a counterexample as text, one line for each move. A writer has the name of its value.</summary>
internal sealed class SetChangeText(SetChangeWorld small)
{
    private readonly Catalogue _catalogue = small.Catalogue;

    public string Of(Counterexample<SetChangeMove> counterexample)
    {
        var text = new StringBuilder();
        for (var index = 0; index < counterexample.Moves.Length; index++)
            text.Append($"{index + 1,4}. {Of(counterexample.Moves[index])}\n");
        return text.Append($"      {counterexample.Breach.Invariant}: {counterexample.Breach.Detail}.\n").ToString();
    }

    public string Of(SetChangeMove move)
    {
        var acceptor = small.Sets.Names[move.Acceptor];
        var proposer = NameOf(move);
        return move.Kind switch
        {
            SetChangeMoveKind.Plan => PlanOf(move),
            SetChangeMoveKind.TakeOver => $"{acceptor} takes over the set of epoch {small.Sets[(SetStep)move.Subject].Epoch}",
            SetChangeMoveKind.Wipe => $"{acceptor} is wiped and comes back blank",
            SetChangeMoveKind.ListNothing => "the sweep has lists of enough acceptors, which have accepted nothing",
            SetChangeMoveKind.ListSomething => $"the sweep has lists of enough acceptors, one of which has accepted something, and asks all to promise {BallotOf(move)}",
            SetChangeMoveKind.Promise => $"{acceptor} promises {proposer} {BallotOf(move)}, having accepted {Accepted(_catalogue.Promises[move.Subject])}",
            SetChangeMoveKind.Propose => $"{proposer} has enough promises and sends {Of(_catalogue.Accepts[move.Subject])}",
            SetChangeMoveKind.Learn => $"{proposer} has enough promises and takes {Of(_catalogue.States[move.Subject])} for chosen",
            SetChangeMoveKind.LearnNothing => $"{proposer} has enough promises, which have accepted nothing",
            SetChangeMoveKind.Accept => $"{acceptor} accepts {Of(_catalogue.Accepts[move.Subject])}",
            _ => throw new ArgumentOutOfRangeException(nameof(move), move.Kind, "Unknown move."),
        };
    }

    private static string NameOf(SetChangeMove move) => move.Proposer == SetChangeState.Sweep ? "the sweep" : $"writer {(char)('x' + move.Proposer - 1)}";

    private string PlanOf(SetChangeMove move)
    {
        IEnumerable<string> proposers = small.Plans[move.Plan - 1].Writers.Select((writer, index) =>
            $"writer {writer.Value} may {(writer.IsInitial ? "send its value under" : "prepare")} {BallotOf(move with { Proposer = index + 1 })}");
        return string.Join(", ", proposers.Append($"the sweep may prepare {BallotOf(move)}"));
    }

    private string BallotOf(SetChangeMove move) => Of(small.Messages.BallotOf(move.Plan, move.Proposer));

    private static string Accepted(PrepareReply reply) => reply.State is null ? "nothing" : $"{Of(reply.State)} under {Of(reply.Accepted)}";

    private static string Of(AcceptRequest request) => $"{Of(request.State)} under {Of(request.Ballot)}";

    private static string Of(RegisterState state) => $"'{ChainText.Of(state)}'";

    /// <summary>The epoch and the order of a ballot within it.</summary>
    private static string Of(Ballot ballot) => ballot.IsInitial ? $"{ballot.Epoch}:initial" : $"{ballot.Epoch}:{ballot.Proposer.ToByteArray()[0]}";
}
