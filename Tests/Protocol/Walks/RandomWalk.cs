using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Protocol.Walks;

/// <summary>
/// One way through the production rules, drawn from a seed: 1 to 9 acceptors, up to 4 proposers, readers, and messages that come in any
/// order, twice, or never. A crash is nothing more than that: an acceptor's answer, or its question, is lost.
/// </summary>
internal sealed class RandomWalk
{
    private const int MostAcceptors = 9;
    private const int MostProposers = 4;
    private const int MostSteps = 400;
    private const int MostChanges = 8;

    private static readonly HistoryLimits Limits = new(3, 1000);
    private static readonly AcceptorSetId Set = new AcceptorSet(["a"]).Id;

    private readonly Random _random;
    private readonly WalkRules _rules;
    private readonly WalkCounts _counts;
    private readonly Quorums _quorums;
    private readonly AcceptorRecord[] _acceptors;
    private readonly WalkProposer[] _proposers;
    private readonly List<Action> _underWay = [];
    private readonly List<PreparedRound> _prepared = [];
    private readonly WalkJudge _judge = new();
    private readonly HashSet<Ballot> _initial = [];
    private readonly List<ChangeRequest> _asked = [];
    private ChosenState _known = ChosenState.Empty;

    private RandomWalk(int seed, WalkRules rules, WalkCounts counts)
    {
        (_random, _rules, _counts) = (new Random(seed), rules, counts);
        _quorums = new Quorums(_random.Next(1, MostAcceptors + 1));
        _acceptors = [.. Enumerable.Repeat(AcceptorRecord.Blank, _quorums.Acceptors)];
        _proposers = [.. Enumerable.Range(0, _random.Next(1, MostProposers + 1)).Select(_ => new WalkProposer(new BallotSource(NewId)))];
    }

    /// <summary>Walks.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Run(int seed, WalkRules rules, WalkCounts counts)
    {
        var walk = new RandomWalk(seed, rules, counts);
        try
        {
            walk.Run();
        }
        catch (InvariantViolationException violation)
        {
            walk._judge.Break(violation.Message);
        }

        return walk._judge.Broken;
    }

    private void Run()
    {
        for (var steps = _random.Next(MostSteps); steps > 0 && _judge.Broken is null; steps--)
        {
            if (_underWay.Count == 0 || Chance(0.1))
                Attempt(_proposers[_random.Next(_proposers.Length)]);
            else if (Chance(0.05))
                Read();
            else
                Deliver();
        }

        _counts.SplitInitialRounds += _initial.Count > 1 ? 1 : 0;
        _counts.NewestVersion = Math.Max(_counts.NewestVersion, _judge.Version);
    }

    private void Deliver()
    {
        var index = _random.Next(_underWay.Count);
        var message = _underWay[index];
        if (!Chance(0.1))
            _underWay.RemoveAt(index); // otherwise it comes again
        if (!Chance(0.05))
            message();
    }

    private void Attempt(WalkProposer proposer)
    {
        if (proposer.IsBusy && !Chance(0.2))
            return;
        proposer.Begin();
        if (proposer.Changes.IsEmpty)
            (proposer.Changes, proposer.Least) = ([.. Enumerable.Range(0, _random.Next(1, MostChanges + 1)).Select(_ => NewChange())], _judge.Version);
        else if (proposer.Sent)
            _counts.SentAgain++;
        if (_prepared.Count > 0 && Chance(0.6))
            UsePrepared(proposer);
        else if (Chance(0.5) && proposer.Changes.All(change => change.Floor == 0))
            UseInitial(proposer);
        else
            Prepare(proposer);
    }

    private void UsePrepared(WalkProposer proposer)
    {
        var index = _random.Next(_prepared.Count);
        var prepared = _prepared[index];
        _prepared.RemoveAt(index); // used once, by whoever is handed it
        proposer.Saw(prepared.Ballot);
        var judgement = Judge(proposer, prepared.Base.State, basisChosen: true);
        if (judgement.Altered)
        {
            Accept(proposer, prepared.Ballot, judgement, () => _counts.ByPreparedRound++);
            return;
        }

        Ask<ReadReply>(
            record => (record, AcceptorRules.Read(record, new ReadRequest(Set, "r", Ballot.None, WithState: false))),
            proposer.IsWaiting(),
            replies => replies.Count(reply => reply.Accepted == prepared.Base.Ballot) >= _quorums.Majority && Decide(proposer, judgement, prepared.Base, prepared));
    }

    private void UseInitial(WalkProposer proposer)
    {
        var judgement = Judge(proposer, RegisterState.Empty, basisChosen: true);
        if (judgement.Altered)
            Accept(proposer, proposer.Ballots.Initial(), judgement, () => _counts.ByFastQuorum++);
    }

    private void Prepare(WalkProposer proposer)
    {
        var ballot = proposer.Ballots.Next(proposer.Seen);
        Ask<PrepareReply>(record => AcceptorRules.Prepare(record, ballot), proposer.IsWaiting(), replies =>
        {
            proposer.Saw(replies.Max(reply => reply.Promised));
            PrepareReply[] granted = [.. replies.Where(reply => reply.Granted)];
            if (granted.Length < _rules.ToPrepare(_quorums))
                return false;
            var promises = _rules.Highest(granted, _quorums);
            var judgement = Judge(proposer, promises.Highest.State, promises.Chosen);
            _counts.CarriedOn += promises.Chosen ? 0 : 1;
            if (!judgement.Altered && promises.Chosen)
                return Decide(proposer, judgement, promises.Highest, new PreparedRound(ballot, promises.Highest));
            Accept(proposer, ballot, judgement, () => _counts.ByPhaseOne++);
            return true;
        });
    }

    private void Accept(WalkProposer proposer, Ballot ballot, Judgement judgement, Action chosen)
    {
        var next = proposer.Ballots.Next(ballot);
        var request = new AcceptRequest(Set, "r", ballot, judgement.State, next);
        proposer.Sent = true;
        Ask<AcceptReply>(
            record =>
            {
                var (after, reply) = _rules.Accept(record, request, Limits);
                if (reply.Accepted && ballot.IsInitial)
                    _initial.Add(ballot);
                return (after, reply);
            },
            proposer.IsWaiting(),
            replies =>
            {
                proposer.Saw(replies.Max(reply => reply.Promised));
                if (replies.Count(reply => reply.Accepted) < _rules.ToChoose(_quorums, ballot))
                    return false;
                chosen();
                var state = new ChosenState(ballot, judgement.State);
                var isPrepared = replies.Count(reply => reply.Accepted && reply.Promised == next) >= _quorums.Majority;
                return Decide(proposer, judgement, state, isPrepared ? new PreparedRound(next, state) : null);
            });
    }

    private bool Decide(WalkProposer proposer, Judgement judgement, ChosenState chosen, PreparedRound? next)
    {
        _judge.Chosen(chosen.State, proposer.Least);
        foreach (var (change, outcome) in proposer.Changes.Zip(judgement.Outcomes))
        {
            _judge.Told(change.RequestId, outcome.Status);
            _counts.Refused += outcome.Status == ChangeStatus.Applied ? 0 : 1;
            _counts.Fenced += outcome.Status == ChangeStatus.Fenced ? 1 : 0;
            _counts.Added += outcome.Status == ChangeStatus.Applied && change.Change.Kind == ChangeKind.Add ? 1 : 0;
        }

        if (next is not null)
            _prepared.Add(next);
        _known = chosen;
        proposer.End();
        return true;
    }

    private void Read()
    {
        var (known, least, isOver) = (_known, _judge.Version, false);
        Ask<ReadReply>(
            record => (record, AcceptorRules.Read(record, new ReadRequest(Set, "r", known.Ballot, WithState: true))),
            () => !isOver,
            replies =>
            {
                if (_rules.Agreed(replies, known.Ballot, _quorums) is not { } ballot)
                    return false;
                var state = ballot == known.Ballot ? known.State : replies.First(reply => reply.Accepted == ballot).State ?? RegisterState.Empty;
                _judge.Chosen(state, least);
                _counts.Reads++;
                return isOver = true;
            });
    }

    /// <summary>Sends a question to every acceptor; what comes back is looked at, answer by answer, until that is the end of it.</summary>
    private void Ask<TReply>(Func<AcceptorRecord, (AcceptorRecord Record, TReply Reply)> step, Func<bool> isAwaited, Func<List<TReply>, bool> isTheEnd)
    {
        var replies = new Dictionary<int, TReply>();
        var ended = false;
        foreach (var acceptor in Enumerable.Range(0, _acceptors.Length))
        {
            _underWay.Add(() =>
            {
                (_acceptors[acceptor], var reply) = step(_acceptors[acceptor]);
                _underWay.Add(() =>
                {
                    if (!ended && isAwaited() && replies.TryAdd(acceptor, reply))
                        ended = isTheEnd([.. replies.Values]);
                });
            });
        }
    }

    private Judgement Judge(WalkProposer proposer, RegisterState basis, bool basisChosen) => ChangeRules.Judge(basis, basisChosen, proposer.Changes, Limits);

    /// <summary>A change, or another copy of one that was sent before, whatever has become of it.</summary>
    private ChangeRequest NewChange()
    {
        if (_asked.Count > 0 && Chance(0.1))
        {
            _counts.Copies++;
            return _asked[_random.Next(_asked.Count)];
        }

        var version = _judge.Version;
        var change = _random.Next(6) switch
        {
            0 => Change.Decide([1]),
            1 => Change.Delete(Chance(0.5) ? null : version),
            2 => Change.CompareAndSet([2], version),
            3 => Change.Add(_random.Next(-2, 4)),
            4 => Change.Set(CounterValue.Format(4)),
            _ => Change.Set([3]),
        };
        var request = new ChangeRequest(NewId(), Chance(0.4) ? change with { Fence = NewFence() } : change, Requests.At, Chance(0.8) ? version : _random.NextInt64(version + 1));
        _judge.Asked(request);
        _asked.Add(request);
        return request;
    }

    /// <summary>A fence of one lock, mostly, with a token that may be lower than those before it.</summary>
    private Fence NewFence() => new(Chance(0.9) ? "l" : "m", _random.Next(1, 4));

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private Guid NewId()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
