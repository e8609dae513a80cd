using Orleans.Paxos.Protocol;
using Orleans.Paxos.Verification.Exploration;

namespace Orleans.Paxos.Tests.Protocol.Walks;

/// <summary>The rules that a walk goes by. By default they are the production's; a control plants a fault in one of them.</summary>
internal sealed record WalkRules
{
    /// <summary>How many promises a proposer waits for.</summary>
    public Func<Quorums, int> ToPrepare { get; init; } = static quorums => quorums.Majority;

    /// <summary>How many acceptances a proposer takes for a choice.</summary>
    public Func<Quorums, Ballot, int> ToChoose { get; init; } = static (quorums, ballot) => quorums.ToChoose(ballot);

    /// <summary>What promises tell a proposer.</summary>
    public Func<IReadOnlyCollection<PrepareReply>, Quorums, Promises> Highest { get; init; } =
        static (granted, quorums) => ProposerRules.Highest(granted.Numbered(), Voters.Of(quorums.Acceptors));

    /// <summary>What an acceptor does with a proposal.</summary>
    public Func<AcceptorRecord, AcceptRequest, HistoryLimits, (AcceptorRecord Record, AcceptReply Reply)> Accept { get; init; } = AcceptorRules.Accept;

    /// <summary>Which ballot's state a reader takes for the newest.</summary>
    public Func<IReadOnlyList<ReadReply>, Ballot, Quorums, Ballot?> Agreed { get; init; } =
        static (replies, known, quorums) => ProposerRules.Agreed(replies.Numbered(), static reply => reply.Accepted, known, Voters.Of(quorums.Acceptors));

    /// <summary>A planted fault for each name.</summary>
    public static IReadOnlyDictionary<string, WalkRules> Broken { get; } = new Dictionary<string, WalkRules>
    {
        ["a fast quorum of a plain majority"] = new() { ToChoose = static (quorums, _) => quorums.Majority },
        ["a quorum of one less than a majority"] = new()
        {
            ToPrepare = static quorums => Math.Max(1, quorums.Majority - 1),
            ToChoose = static (quorums, ballot) => ballot.IsInitial ? quorums.Fast : Math.Max(1, quorums.Majority - 1),
        },
        ["a phase 2 that ignores what was accepted"] = new() { Highest = static (_, _) => new Promises(ChosenState.Empty, Chosen: true, ChosenState.Empty) },
        ["the higher ballot of the initial round instead of the one that more accepted"] = new() { Highest = HighestBallot },
        ["an acceptor that accepts in the initial round after a promise"] = new() { Accept = AcceptInitialAlways },
        ["an acceptor that accepts below its promise"] = new() { Accept = AcceptBelowPromise },
        ["a read from one acceptor"] = new() { Agreed = static (replies, _, _) => replies[0].Accepted },
        ["a majority that reports a state of the initial round taken for a choice"] = new()
        {
            Agreed = static (replies, known, quorums) => ProposerRules.Agreed(replies.Numbered(), static reply => reply.Accepted, known: replies[0].Accepted, Voters.Of(quorums.Acceptors)),
        },
    };

    private static Promises HighestBallot(IReadOnlyCollection<PrepareReply> granted, Quorums quorums)
    {
        var promises = ProposerRules.Highest(granted.Numbered(), Voters.Of(quorums.Acceptors));
        if (!promises.Highest.Ballot.IsInitial)
            return promises;
        var highest = granted.MaxBy(promise => promise.Accepted)!;
        return promises with { Highest = new ChosenState(highest.Accepted, highest.State!) };
    }

    private static (AcceptorRecord Record, AcceptReply Reply) AcceptInitialAlways(AcceptorRecord record, AcceptRequest request, HistoryLimits limits)
    {
        if (!request.Ballot.IsInitial || !record.Accepted.IsNone)
            return AcceptorRules.Accept(record, request, limits);
        var (after, reply) = AcceptorRules.Accept(record with { Promised = Ballot.None }, request, limits);
        return (after with { Promised = Ballot.Max(record.Promised, after.Promised) }, reply);
    }

    private static (AcceptorRecord Record, AcceptReply Reply) AcceptBelowPromise(AcceptorRecord record, AcceptRequest request, HistoryLimits limits)
    {
        if (request.Ballot.IsInitial || request.Ballot <= record.Accepted)
            return AcceptorRules.Accept(record, request, limits);
        var (after, reply) = AcceptorRules.Accept(record with { Promised = record.Accepted }, request, limits);
        return (after with { Promised = Ballot.Max(record.Promised, after.Promised) }, reply);
    }
}
