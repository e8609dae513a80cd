namespace Orleans.Paxos.Tests.Protocol.Walks;

/// <summary>What many walks have met: a walk that meets nothing proves nothing.</summary>
internal sealed class WalkCounts
{
    public int ByFastQuorum { get; set; }

    public int ByPhaseOne { get; set; }

    public int ByPreparedRound { get; set; }

    public int CarriedOn { get; set; }

    public int SplitInitialRounds { get; set; }

    public int Refused { get; set; }

    public int Fenced { get; set; }

    public int Added { get; set; }

    public int Copies { get; set; }

    public int SentAgain { get; set; }

    public int Reads { get; set; }

    public long NewestVersion { get; set; }

    /// <summary>Fails if there is anything that no walk has met.</summary>
    public void AssertAll()
    {
        Assert.All(
            [ByFastQuorum, ByPhaseOne, ByPreparedRound, CarriedOn, SplitInitialRounds, Refused, Fenced, Added, Copies, SentAgain, Reads],
            count => Assert.True(count > 100, ToString()));
        Assert.True(NewestVersion > 16, ToString()); // a window has overflowed
    }

    public override string ToString() =>
        $"chosen by a fast quorum {ByFastQuorum}, by phase 1 {ByPhaseOne}, by a prepared round {ByPreparedRound}; carried on {CarriedOn}, initial rounds split {SplitInitialRounds}, refused {Refused}, {Fenced} of them by a fence, added {Added}, late copies {Copies}, sent again {SentAgain}, reads {Reads}, newest version {NewestVersion}";
}
