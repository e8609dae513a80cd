using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration;

/// <summary>
/// The beginning of a world in which a register was written once and deleted. One acceptor has missed the deletion, which is still on its way.
/// The first proposer has a prepared round from before the register was written, the second one from its deletion.
/// </summary>
internal sealed class DeletedRegister(int attempts, SmallWorldRules rules, Catalogue catalogue)
{
    private static readonly Guid First = ProposerMoves.Ids[0];
    private static readonly Guid Second = ProposerMoves.Ids[1];

    /// <summary>Makes a blank world such a world.</summary>
    public void Begin(WorldState world)
    {
        var unwritten = rules.NextBallot(First, 0, Ballot.None);
        var writing = Accept(RegisterState.Empty, WorldScenario.DecideA, rules.NextBallot(Second, 0, unwritten));
        var deleting = Accept(writing.State, WorldScenario.Delete, writing.Next);
        var written = rules.Accept(AcceptorRecord.Blank, writing).Record;
        var (late, deleted) = (catalogue.Records.NumberOf(written), catalogue.Records.NumberOf(rules.Accept(written, deleting).Record));
        var accept = catalogue.Accepts.NumberOf(deleting);
        world.Accepts[attempts] = accept;
        for (var acceptor = 0; acceptor < WorldState.AcceptorCount; acceptor++)
        {
            var record = acceptor < rules.Majority ? deleted : late;
            world.Acceptors[acceptor] = (world.Acceptors[acceptor] with { Durable = record, Volatile = record }).WithVote(attempts, record == deleted);
        }

        world.Proposers[0] = Prepared(requests: 0, unwritten, ChosenState.Empty);
        world.Proposers[1] = Prepared(requests: 1, deleting.Next, new ChosenState(deleting.Ballot, deleting.State));
        world.Chosen = accept;
        world.Chain = catalogue.Chains.NumberOf(ChainText.Of(deleting.State));
    }

    private AcceptRequest Accept(RegisterState basis, ChangeRequest request, Ballot ballot) => rules.AcceptRequest(
        ballot, rules.Judge(basis, basisChosen: true, [request]).State, rules.NextBallot(Second, 0, ballot));

    private ProposerView Prepared(ushort requests, Ballot ballot, ChosenState basis) => new(
        Attempts: 1, Phase.Answered, requests, (ushort)ballot.Round, (ushort)ballot.Round, catalogue.Rounds.NumberOf(new PreparedRound(ballot, basis)));
}
