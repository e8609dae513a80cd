using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Storage;

public sealed class RecordSizeTests
{
    private static readonly Fence LongestFence = new(new string('n', RegisterName.MaxBytes), long.MaxValue);

    /// <summary>Records that contain all replaced entries, which is the most that they ever hold.</summary>
    [Theory]
    [InlineData(16, 65_536, 4_096, 1)]
    [InlineData(16, 0, 4_096, 1)]
    [InlineData(1, 1_000, 1_000, 1)]
    [InlineData(512, 65_536, 128, 300)]
    [InlineData(512, 0, 1, 300)]
    public void No_record_of_an_acceptor_is_larger_than_said(int historyEntries, int historyBytes, int valueBytes, int changesOfAProposal)
    {
        var options = new PaxosOptions { HistoryEntries = historyEntries, HistoryBytes = historyBytes, MaxValueBytes = valueBytes };
        var limits = options.HistoryLimits;
        var ballots = new BallotSource(UniqueId.New);
        var record = AcceptorRecord.Blank;
        var largest = 0;
        for (var proposal = 0; proposal < 20; proposal++)
        {
            var draft = new StateDraft(record.State);
            for (var change = 0; change < changesOfAProposal; change++)
                draft.Append(Requests.New(Change.Set(new byte[valueBytes]) with { Fence = LongestFence, Session = UniqueId.New() }));
            var state = draft.ToState(basisChosen: proposal % 2 == 0, limits);
            var request = new AcceptRequest(new AcceptorSet(["a"], 1).Id, "r", ballots.Next(record.Promised), state, Ballot.None);
            (record, _) = AcceptorRules.Accept(record, request, limits);
            largest = Math.Max(largest, new AcceptorRecordFormat().Encode(record).Length);
        }

        Assert.InRange(largest, Math.Max(historyBytes / 2, valueBytes), options.LargestRecordBytes());
    }
}
