using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration.Controls;

/// <summary>A quorum is one less than a majority.</summary>
internal sealed class SmallQuorumRules : SmallWorldRules
{
    public override int Majority => base.Majority - 1;
}

/// <summary>A state of the initial round counts as chosen when only a majority has accepted it.</summary>
internal sealed class InitialRoundByMajorityRules : SmallWorldRules
{
    public override int ToChoose(Ballot ballot) => Majority;
}

/// <summary>Reply before persist: an answer is sent before its content is stored.</summary>
internal sealed class ReplyBeforePersistRules : SmallWorldRules
{
    public override Storing PromiseIsStored => Storing.AfterTheAnswer;

    public override Storing AcceptanceIsStored => Storing.AfterTheAnswer;
}

/// <summary>Promises are not persisted; accepted states are.</summary>
internal sealed class PromiseNotPersistedRules : SmallWorldRules
{
    public override Storing PromiseIsStored => Storing.Never;
}

/// <summary>Phase 2 ignores the accepted state.</summary>
internal sealed class AcceptedStateIgnoredRules : SmallWorldRules
{
    public override Promises Highest(IReadOnlyCollection<PrepareReply> granted) =>
        base.Highest([.. granted.Select(promise => promise with { Accepted = Ballot.None, State = null })]);
}

/// <summary>Ballots are reused: a proposer that restarts keeps its id, and its rounds start over.</summary>
internal sealed class BallotsReusedRules : SmallWorldRules
{
    public override bool ProposersRestart => true;
}

/// <summary>A fast-forward assigns: the next ballot is above the last one seen, however low that was.</summary>
internal sealed class FastForwardAssignsRules : SmallWorldRules
{
    protected override BallotSource NewBallots(Guid proposer) => new Assigning(proposer);

    private sealed class Assigning(Guid proposer) : BallotSource(() => proposer)
    {
        public override Ballot Next(Ballot seen, long epoch = 1) => new(seen.Round + 1, proposer);
    }
}

/// <summary>A register is forgotten when only a majority has accepted its end.</summary>
internal sealed class ForgottenBySomeRules : SmallWorldRules
{
    public override bool MayForget(IReadOnlyCollection<Cover> others) => 1 + others.Count(static cover => cover == Cover.Same) >= Majority;
}

/// <summary>A register that was forgotten begins with version 1 again.</summary>
internal sealed class VersionsBeginAgainRules : SmallWorldRules
{
    public override AcceptorRecord Forget(AcceptorRecord record, Watermark bucket, EndedRegister ended) =>
        base.Forget(record, bucket, ended) with { State = RegisterState.Empty };
}

/// <summary>A watermark without the round: what was promised for a forgotten register counts no more.</summary>
internal class RoundForgottenRules : SmallWorldRules
{
    public override bool PromisesOutlive(Ballot refused) => false;

    public override AcceptorRecord Forget(AcceptorRecord record, Watermark bucket, EndedRegister ended) =>
        base.Forget(record, bucket, ended) with { Promised = Ballot.None };
}

/// <summary>The initial round is allowed in a bucket that has forgotten: nobody has promised anything for the name itself.</summary>
internal sealed class InitialRoundAfterForgettingRules : SmallWorldRules
{
    public override bool PromisesOutlive(Ballot refused) => !refused.IsInitial;

    public override (AcceptorRecord Record, AcceptReply Reply) Accept(AcceptorRecord record, AcceptRequest request) =>
        base.Accept(request.Ballot.IsInitial && IsOfBucket(record) ? record with { Promised = Ballot.None } : record, request);

    private static bool IsOfBucket(AcceptorRecord record) => record.Promised == new Watermark(default, record.Promised.Round).Promised;
}
