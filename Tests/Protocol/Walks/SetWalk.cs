using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Protocol.Walks;

/// <summary>
/// One way through changes of the acceptor set, drawn from a seed: any sets of six acceptors, one after another, cancelled or not, while proposers that
/// may know an earlier set write one register. Messages come in any order, twice, or never. What is decided about the set counts as decided at once.
/// </summary>
internal sealed class SetWalk
{
    private const int Acceptors = 6;
    private const int Proposers = 3;
    private const int MostSteps = 1_500;

    private static readonly HistoryLimits Limits = new(3, 1000);

    private readonly Random _random;
    private readonly SetWalkRules _rules;
    private readonly WalkAcceptor[] _acceptors;
    private readonly SetWalkProposer[] _proposers;
    private readonly SetWalkProposer _carrier;
    private readonly List<Action> _underWay = [];
    private readonly List<AcceptorSet> _decided = [];
    private readonly WalkJudge _judge = new();
    private readonly double _haste;
    private readonly double _load;
    private bool _isSwept;

    private SetWalk(int seed, SetWalkRules rules)
    {
        (_random, _rules) = (new Random(seed), rules);
        (_haste, _load) = (0.2 * _random.NextDouble(), 0.2 * _random.NextDouble() * _random.NextDouble());
        var first = new AcceptorSet(Draw());
        _decided.Add(first);
        _acceptors = [.. Enumerable.Range(0, Acceptors).Select(number => new WalkAcceptor($"a{number}", first))];
        _proposers = [.. Enumerable.Range(0, Proposers).Select(_ => new SetWalkProposer(NewBallots(), first))];
        _carrier = new SetWalkProposer(NewBallots(), first);
    }

    private AcceptorSet Latest => _decided[^1];

    /// <summary>Walks.</summary>
    /// <returns>What is wrong, or else null; and how many sets there were.</returns>
    public static (string? Broken, int Sets) Run(int seed, SetWalkRules rules)
    {
        var walk = new SetWalk(seed, rules);
        try
        {
            walk.Run();
        }
        catch (InvariantViolationException violation)
        {
            walk._judge.Break(violation.Message);
        }

        return (walk._judge.Broken, walk._decided.Count);
    }

    private void Run()
    {
        for (var steps = _random.Next(MostSteps); steps > 0 && _judge.Broken is null; steps--)
        {
            if (Chance(_haste))
                Operate();
            else if (Chance(_haste))
                Adopt(_acceptors[_random.Next(Acceptors)]);
            else if (Chance(_load))
                Attempt(_proposers[_random.Next(Proposers)]);
            else if (_underWay.Count > 0)
                Deliver();
        }
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

    private void Adopt(WalkAcceptor acceptor)
    {
        if (acceptor.Set != Latest)
            acceptor.Set = Chance(0.8) ? Latest : _decided[_random.Next(_decided.IndexOf(acceptor.Set) + 1, _decided.Count)];
    }

    /// <summary>Takes the next step of a change, if what it takes is there.</summary>
    private void Operate()
    {
        if (Latest.IsJoint && Chance(0.05))
            Decide(Latest.Cancelled());
        else if (!IsAdopted())
            Adopt(_acceptors[_random.Next(Acceptors)]);
        else if (!Latest.IsJoint)
            Begin();
        else if (_isSwept || !_rules.Sweeps)
            Decide(Latest.Completed());
        else if (!_carrier.IsBusy)
            List();
    }

    private bool IsAdopted() => PeerSet.VotersOf(Latest).IsMajority(MaskOf(Latest, acceptor => acceptor.Set == Latest)) && !(_rules.WipesEarly && Latest.IsJoint && Wipe());

    /// <summary>Wipes what has left before the set without it is decided.</summary>
    private bool Wipe()
    {
        foreach (var leaving in _acceptors.Where(acceptor => Latest.Members.All(member => member.Name != acceptor.Name)))
            leaving.Record = AcceptorRecord.Blank;
        return false;
    }

    private void Begin()
    {
        var names = Draw();
        foreach (var coming in _acceptors.Where(acceptor => Latest.MemberOf(acceptor.Name) is null))
            (coming.Record, coming.Set) = (AcceptorRecord.Blank, Latest); // blank storage votes nowhere
        Decide(Latest.ChangeTo(
            [.. names.Select(name => Latest.MemberOf(name) ?? new AcceptorMember(name, NewId()))], new Dictionary<string, Guid>()));
    }

    private void Decide(AcceptorSet set)
    {
        _decided.Add(set);
        _isSwept = false;
        _carrier.End();
    }

    /// <summary>Looks whether a majority knows the register, and has its state accepted again if it does.</summary>
    private void List()
    {
        var joint = Latest;
        _carrier.Begin(joint);
        Ask(
            _carrier,
            static record => (record, record.Accepted),
            replies =>
            {
                if (!PeerSet.VotersOf(joint).IsMajority(Voters.MaskOf(replies, static _ => true)))
                    return false;
                if (replies.Any(static vote => !vote.Reply.IsNone))
                {
                    Prepare(_carrier);
                    return true;
                }

                _isSwept = Latest == joint;
                _carrier.End();
                return true;
            });
    }

    private void Attempt(SetWalkProposer proposer)
    {
        if (proposer.IsBusy && !Chance(0.2))
            return;
        proposer.Begin(Chance(0.3) ? Latest : proposer.Set);
        if (proposer.Change is null)
        {
            proposer.Change = NewChange();
            proposer.Least = _judge.Version;
        }

        if (proposer.Prepared is { } prepared && prepared.Ballot.Epoch == proposer.Set.Epoch)
            Accept(proposer, prepared.Ballot, Judge(proposer, prepared.Base.State, basisChosen: true), mayBeIdle: true);
        else if (proposer.Change.Floor == 0 && (!proposer.Set.IsJoint || _rules.InitialRoundInJoint) && Chance(0.5))
            Accept(proposer, proposer.Ballots.Initial(proposer.Set.Epoch), Judge(proposer, RegisterState.Empty, basisChosen: true), mayBeIdle: true);
        else
            Prepare(proposer);
    }

    private void Prepare(SetWalkProposer proposer)
    {
        var ballot = proposer.Ballots.Next(proposer.Seen, proposer.Set.Epoch);
        var voters = VotersOf(proposer.Set);
        Ask(
            proposer,
            record => AcceptorRules.Prepare(record, ballot),
            replies =>
            {
                proposer.Saw(replies.Max(static vote => vote.Reply.Promised));
                List<Vote<PrepareReply>> granted = [.. replies.Where(static vote => vote.Reply.Granted)];
                if (!voters.IsMajority(Voters.MaskOf(granted, static _ => true)))
                    return false;
                var promises = ProposerRules.Highest(granted, voters);
                Accept(proposer, ballot, Judge(proposer, promises.Highest.State, promises.Chosen), mayBeIdle: false);
                return true;
            });
    }

    private void Accept(SetWalkProposer proposer, Ballot ballot, Judgement judgement, bool mayBeIdle)
    {
        proposer.Prepared = null;
        if (mayBeIdle && !judgement.Altered)
            return;
        var voters = VotersOf(proposer.Set);
        var next = proposer.Ballots.Next(ballot, proposer.Set.Epoch);
        var request = new AcceptRequest(proposer.Set.Id, "r", ballot, judgement.State, next);
        Ask(
            proposer,
            record => AcceptorRules.Accept(record, request, Limits),
            replies =>
            {
                proposer.Saw(replies.Max(static vote => vote.Reply.Promised));
                if (!_rules.Chooses(voters, ballot, Voters.MaskOf(replies, static reply => reply.Accepted)))
                    return false;
                _judge.Chosen(judgement.State, proposer.Least);
                if (proposer == _carrier)
                    _isSwept = Latest == proposer.Set;
                else
                    _judge.Told(proposer.Change!.RequestId, judgement.Outcomes[0].Status);
                if (voters.IsMajority(Voters.MaskOf(replies, reply => reply.Accepted && reply.Promised == next)))
                    proposer.Prepared = new PreparedRound(next, new ChosenState(ballot, judgement.State));
                proposer.End();
                return true;
            });
    }

    /// <summary>
    /// Sends a question to every acceptor of the set that a proposer knows. An acceptor answers only in the name of the set that it has; another one's
    /// proposer learns it.
    /// </summary>
    private void Ask<TReply>(
        SetWalkProposer proposer,
        Func<AcceptorRecord, (AcceptorRecord Record, TReply Reply)> step,
        Func<IReadOnlyList<Vote<TReply>>, bool> isTheEnd)
    {
        var set = proposer.Set;
        var names = set.Names;
        var replies = new Dictionary<int, TReply>();
        var isAwaited = proposer.IsWaiting();
        var ended = false;
        foreach (var acceptor in _acceptors.Where(acceptor => names.Contains(acceptor.Name)))
        {
            _underWay.Add(() =>
            {
                var isSealed = acceptor.Set.Succeeds(set.Id) && _rules.Seals;
                if (acceptor.Set.MemberOf(acceptor.Name) is null || isSealed || set.Succeeds(acceptor.Set.Id))
                {
                    _underWay.Add(() => proposer.Learn(acceptor.Set));
                    return;
                }

                (acceptor.Record, var reply) = step(acceptor.Record);
                _underWay.Add(() =>
                {
                    if (!ended && isAwaited() && replies.TryAdd(names.IndexOf(acceptor.Name), reply))
                        ended = isTheEnd([.. replies.Select(static each => new Vote<TReply>(each.Key, each.Value))]);
                });
            });
        }
    }

    private Voters VotersOf(AcceptorSet set) => _rules.VotersOf(PeerSet.VotersOf(set));

    private ulong MaskOf(AcceptorSet set, Func<WalkAcceptor, bool> isMeant)
    {
        var names = set.Names;
        return _acceptors.Where(acceptor => names.Contains(acceptor.Name) && isMeant(acceptor)).Aggregate(0UL, (mask, acceptor) => mask | (1UL << names.IndexOf(acceptor.Name)));
    }

    private static Judgement Judge(SetWalkProposer proposer, RegisterState basis, bool basisChosen) =>
        ChangeRules.Judge(basis, basisChosen, proposer.Change is { } change ? [change] : [], Limits);

    private ChangeRequest NewChange()
    {
        var version = _judge.Version;
        var request = new ChangeRequest(NewId(), Chance(0.3) ? Change.CompareAndSet([2], version) : Change.Set([3]), Requests.At, version);
        _judge.Asked(request);
        return request;
    }

    private ImmutableArray<string> Draw() => [.. Enumerable.Range(0, Acceptors).Select(static number => $"a{number}").OrderBy(_ => _random.Next()).Take(_random.Next(1, Acceptors))];

    private BallotSource NewBallots() => new(NewId);

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private Guid NewId()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>An acceptor of a walk.</summary>
    private sealed class WalkAcceptor(string name, AcceptorSet first)
    {
        public string Name => name;

        public AcceptorRecord Record { get; set; } = AcceptorRecord.Blank;

        public AcceptorSet Set { get; set; } = first;
    }
}
