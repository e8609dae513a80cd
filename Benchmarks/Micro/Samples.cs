using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Benchmarks.Micro;

/// <summary>Creates the record of a register in steady use.</summary>
internal static class Samples
{
    /// <summary>The size of a value, the same as in load tests.</summary>
    public const int ValueBytes = 256;

    public const string Register = "bench/spread/0000000000000000042";

    private static readonly Guid Proposer = UniqueId.New();

    /// <summary>The default limits.</summary>
    public static HistoryLimits Limits { get; } = new PaxosOptions().HistoryLimits;

    /// <summary>Creates an acceptor's record with a full window and history.</summary>
    public static AcceptorRecord FullRecord()
    {
        var record = AcceptorRecord.Blank;
        for (var version = 1; version <= 2 * Limits.Entries; version++)
            record = AcceptorRules.Accept(record, NextAccept(record), Limits).Record;
        return record;
    }

    /// <summary>Creates the accept that writes the next version, from a proposer with a prepared round.</summary>
    public static AcceptRequest NextAccept(AcceptorRecord record)
    {
        var round = record.Promised.Round + 1;
        return new AcceptRequest(new AcceptorSet(["a1", "a2", "a3"]).Id, Register, new Ballot(round, Proposer), StateAfter(record.State), new Ballot(round + 1, Proposer));
    }

    private static RegisterState StateAfter(RegisterState state)
    {
        var entry = new RegisterEntry(state.Version + 1, new byte[ValueBytes], Deleted: false, UniqueId.New(), TimeProvider.System.GetUtcNow());
        ImmutableArray<WindowItem> window = [.. state.Window.Add(WindowItem.Of(entry)).TakeLast(Limits.Entries)];
        return new RegisterState(window, [entry]);
    }
}
