using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;
using Orleans.Paxos.Verification.Simulation.Monitors;

namespace Orleans.Paxos.Tests.Simulation;

public sealed class InvariantMonitorTests
{
    private static readonly HistoryLimits TwoEntries = new(Entries: 2, Bytes: 1000);
    private static readonly AcceptorSet Set = new(["a1", "a2", "a3"]);

    private readonly InvariantMonitor _monitor = new(Set, new PaxosOptions { HistoryEntries = TwoEntries.Entries, HistoryBytes = TwoEntries.Bytes });
    private long _round = 1;

    /// <summary>In one turn, an acceptor may accept a state that is never chosen, for which it lets go of a version, and then one that begins before it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_acceptor_that_may_have_accepted_another_state_in_between_has_lost_nothing(bool isProposed)
    {
        var second = Written(Written(RegisterState.Empty));
        var third = Written(second);
        var before = Accepted(Accepted(AcceptorRecord.Blank, second), third);
        var fourth = Written(third);
        var inBetween = Propose(Written(fourth), isProposed);
        var last = Propose(fourth, isProposed: true);

        _monitor.Kept("a1", "r", before, Accept(Accept(before, inBetween), last), static _ => true);

        Assert.Equal(isProposed ? [] : ["History at register r: a1 has let go of version 3."], _monitor.Broken);
    }

    private static RegisterState Written(RegisterState state) => ChangeRules.Judge(state, basisChosen: true, [Requests.Set("x", state.Version)], TwoEntries).State;

    private AcceptorRecord Accepted(AcceptorRecord record, RegisterState state) => Accept(record, Propose(state, isProposed: true));

    private AcceptRequest Propose(RegisterState state, bool isProposed)
    {
        var request = new AcceptRequest(Set.Id, "r", Next(), state, Next());
        if (isProposed)
            _monitor.Sent("r", request);
        return request;
    }

    private static AcceptorRecord Accept(AcceptorRecord record, AcceptRequest request) => AcceptorRules.Accept(record, request, TwoEntries).Record;

    private Ballot Next() => new(++_round, UniqueId.New());
}
