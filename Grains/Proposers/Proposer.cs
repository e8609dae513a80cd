using Microsoft.Extensions.Logging;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Proposers;

/// <summary>A proposer: runs changes through prepare and accept. Its only state is the ballots that it has issued.</summary>
internal sealed partial class Proposer(
    AcceptorPeers peers,
    BallotSource ballots,
    PaxosOptions options,
    Random random,
    ILogger<Proposer> logger)
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest backoff after an attempt that a rival overtook, in times of how long the attempt took.</summary>
    private const int AttemptsInLongestBackoff = 4;

    /// <summary>
    /// The initial round needs nearly all acceptors. If one of them is missing, the ordinary way, which needs only a majority, starts
    /// soon.
    /// </summary>
    private const int InitialRoundIsShorterBy = 10;

    private readonly TimeProvider _clock = peers.Clock;
    private readonly HistoryLimits _limits = options.HistoryLimits;
    private readonly QuorumReader _quorum = new(peers, options);

    /// <summary>Runs one proposal until it ends or its time is up.</summary>
    public async Task<ProposeResult> ProposeAsync(ProposeRequest request)
    {
        var proposal = new Proposal(request, _clock.GetTimestamp(), peers.Current);
        if (await TryWithoutPhaseOneAsync(proposal) is { } shortcut)
            return shortcut;

        for (var attempt = 0; _clock.GetElapsedTime(proposal.StartedAt) < options.ProposalTimeout; attempt++)
        {
            proposal.Attempt = attempt;
            proposal.Peers = peers.Current;
            var begun = _clock.GetTimestamp();
            if (await TryFromPhaseOneAsync(proposal) is { } result)
                return result;
            if (peers.Current != proposal.Peers)
                continue; // the set was changed: the next attempt goes to the new one at once
            var rivalsNeed = proposal.MajorityAnswered ? _clock.GetElapsedTime(begun) : TimeSpan.Zero;
            await Task.Delay(Backoff(attempt, rivalsNeed), _clock);
        }

        LogGaveUp(request.Register, proposal.Sent, string.Join(", ", proposal.Answered));
        return proposal.Undecided();
    }

    /// <summary>
    /// Skips phase 1 if possible, but not while too few acceptors answer: a failed prepare has sent no state, so it has no effect.
    /// </summary>
    private async Task<ProposeResult?> TryWithoutPhaseOneAsync(Proposal proposal)
    {
        if (proposal.Request.Prepared is { } prepared)
            return prepared.Ballot.Epoch == proposal.Epoch && proposal.Peers.MajorityAnswers ? await TryPreparedAsync(proposal, prepared) : null;
        return proposal.MayBeFirst && !proposal.Peers.Voters.IsJoint && proposal.Peers.AllAnswer ? await TryInitialAsync(proposal) : null;
    }

    /// <summary>Runs only phase 2, under a ballot that a majority has already promised.</summary>
    private async Task<ProposeResult?> TryPreparedAsync(Proposal proposal, PreparedRound prepared)
    {
        proposal.Seen = prepared.Ballot;
        var judgement = proposal.Judge(prepared.Base.State, basisChosen: true, _limits);
        if (judgement.Altered)
            return await AcceptAsync(proposal, prepared.Ballot, judgement, options.AcceptorTimeout);
        if (prepared.Base.Ballot.IsNone)
            return null; // "nothing" is the same again after a register was forgotten
        return await IsCurrentAsync(proposal, prepared.Base.Ballot)
            ? proposal.Decided(judgement, prepared.Base, prepared)
            : null;
    }

    /// <summary>Runs only phase 2, in the initial round, in which acceptors accept the first state that they receive.</summary>
    private async Task<ProposeResult?> TryInitialAsync(Proposal proposal)
    {
        var judgement = proposal.Judge(RegisterState.Empty, basisChosen: true, _limits);
        return judgement.Altered
            ? await AcceptAsync(proposal, ballots.Initial(proposal.Epoch), judgement, options.AcceptorTimeout / InitialRoundIsShorterBy)
            : null;
    }

    private async Task<ProposeResult?> TryFromPhaseOneAsync(Proposal proposal)
    {
        var ballot = ballots.Next(proposal.Seen, proposal.Epoch);
        if (await PrepareAsync(proposal, ballot) is not { } promises)
            return null;
        var judgement = proposal.Judge(promises.Highest.State, promises.Chosen, _limits);
        if (proposal.Request.Ends && promises.Chosen && !promises.Highest.Ballot.IsNone && !promises.Highest.State.Exists)
            judgement = new Judgement(promises.Highest.State.End() ?? promises.Highest.State, Altered: true, []);
        if (proposal.Request.CarriesHistory && promises.Highest.State.Newest is not null)
            judgement = judgement with { State = promises.Highest.State with { Entries = await _quorum.HistoryAsync(proposal.Request.Register, promises.Highest.State) } };
        return judgement.Altered || !promises.Chosen || (proposal.Request.Reaccepts && !promises.Highest.Ballot.IsNone)
            ? await AcceptAsync(proposal, ballot, judgement, options.AcceptorTimeout)
            : proposal.Decided(judgement, promises.Learned, new PreparedRound(ballot, promises.Highest));
    }

    /// <summary>Runs phase 1. Returns a majority's promises; null when no majority promised.</summary>
    private async Task<Promises?> PrepareAsync(Proposal proposal, Ballot ballot)
    {
        var voters = proposal.Peers.Voters;
        var request = new PrepareRequest(proposal.Peers.Id, proposal.Request.Register, ballot);
        var votes = await Round<PrepareReply>.AskAsync(
            proposal.Peers, ToAsk(proposal), acceptor => acceptor.PrepareAsync(request),
            votes => votes.Decide(voters.IsMajority, Granted), options.AcceptorTimeout);
        proposal.LastRound = votes;
        if (!proposal.Sent)
            votes.EnsureSameSet();
        proposal.Seen = HighestPromised(votes, ballot, static reply => reply.Promised);
        if (!votes.IsWon(voters.IsMajority, Granted))
            return null;
        return ProposerRules.Highest([.. votes.Received.Where(static vote => Granted(vote.Reply))], voters);

        static bool Granted(PrepareReply reply) => reply.Granted;
    }

    /// <summary>Runs phase 2. Returns the result when the state was chosen; null when that is not known.</summary>
    private async Task<ProposeResult?> AcceptAsync(Proposal proposal, Ballot ballot, Judgement judgement, TimeSpan patience)
    {
        var voters = proposal.Peers.Voters;
        var next = ballots.Next(ballot, proposal.Epoch);
        var request = new AcceptRequest(proposal.Peers.Id, proposal.Request.Register, ballot, judgement.State, next);
        proposal.Sent = true;
        var votes = await Round<AcceptReply>.AskAsync(
            proposal.Peers, ToAsk(proposal), acceptor => acceptor.AcceptAsync(request), votes => votes.Decide(Chooses, Accepted), patience);
        proposal.LastRound = votes;
        proposal.Seen = HighestPromised(votes, next, static reply => reply.Promised);
        if (!votes.IsWon(Chooses, Accepted))
            return null;
        var chosen = new ChosenState(ballot, judgement.State);
        var prepared = votes.IsWon(voters.IsMajority, reply => reply.Accepted && reply.Promised == next);
        return proposal.Decided(judgement, chosen, prepared ? new PreparedRound(next, chosen) : null);

        bool Chooses(ulong acceptors) => voters.Chooses(ballot, acceptors);

        static bool Accepted(AcceptReply reply) => reply.Accepted;
    }

    /// <summary>
    /// Whether a majority still reports a chosen ballot as the highest that it has accepted. If so, its state is the newest.
    /// </summary>
    private async Task<bool> IsCurrentAsync(Proposal proposal, Ballot ballot)
    {
        var voters = proposal.Peers.Voters;
        var request = new ReadRequest(proposal.Peers.Id, proposal.Request.Register, ballot, WithState: false);
        var votes = await Round<ReadReply>.AskAsync(
            proposal.Peers, proposal.Peers.ToAsk(), acceptor => acceptor.ReadAsync(request),
            votes => votes.Decide(voters.IsMajority, IsIt), options.AcceptorTimeout);
        return votes.IsWon(voters.IsMajority, IsIt);

        bool IsIt(ReadReply reply) => reply.Accepted == ballot;
    }

    private static Ballot HighestPromised<TReply>(Votes<TReply> votes, Ballot highest, Func<TReply, Ballot> promised)
    {
        foreach (var vote in votes.Received)
            highest = Ballot.Max(highest, promised(vote.Reply));
        return highest;
    }

    /// <summary>
    /// Returns the acceptors to ask. After a failed attempt, all are asked, because an acceptor that was skipped may be back.
    /// </summary>
    private static IReadOnlyList<AcceptorPeer> ToAsk(Proposal proposal) => proposal.Attempt == 0 ? proposal.Peers.ToAsk() : proposal.Peers.All;

    /// <summary>
    /// Returns a random delay that grows with the attempts, so that rival proposers do not block each other for long. Where rounds take
    /// long, so does the delay: one of the rivals must get through both phases while the others wait.
    /// </summary>
    private TimeSpan Backoff(int attempt, TimeSpan rivalsNeed)
    {
        var first = Math.Max(FirstBackoff.Ticks, rivalsNeed.Ticks);
        var longest = Math.Max(LongestBackoff.Ticks, Math.Min(rivalsNeed.Ticks * AttemptsInLongestBackoff, options.AcceptorTimeout.Ticks));
        return TimeSpan.FromTicks((long)(Math.Min(longest, first << Math.Min(attempt + 1, 16)) * (0.5 + (random.NextDouble() / 2))));
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "A proposal for register {Register} gave up; a state was sent: {Sent}; the acceptors that answered last: {Answered}.")]
    private partial void LogGaveUp(string register, bool sent, string answered);
}
