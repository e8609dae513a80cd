using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Protocol;

/// <summary>A counter is a register whose value is a whole number, to which changes add.</summary>
public sealed class CounterTests
{
    private const string Largest = "4611686018427387903";
    private static readonly HistoryLimits Limits = new(16, 512 * 1024);

    [Theory]
    [InlineData("0", 1, "1")]
    [InlineData("-3", 3, "0")]
    [InlineData("5", -9, "-4")]
    [InlineData("5", 0, "5")]
    [InlineData(Largest, CounterValue.Largest, "9223372036854775806")]
    [InlineData("-" + Largest, -CounterValue.Largest, "-9223372036854775806")]
    public void AnAddition_WritesTheSum(string value, long amount, string sum)
    {
        var outcome = Judge(State(value), Requests.New(Change.Add(amount), floor: 1)).Outcomes[0];
        Assert.Equal((ChangeStatus.Applied, sum), (outcome.Status, outcome.Entry.Text()));
    }

    [Fact]
    public void ARegisterWithoutAValue_CountsAsZero()
    {
        Assert.Equal("7", Judge(RegisterState.Empty, Requests.New(Change.Add(7))).State.Newest.Text());
        var deleted = Judge(State("5"), Requests.New(Change.Delete(), floor: 1)).State;
        Assert.Equal("7", Judge(deleted, Requests.New(Change.Add(7), floor: 2)).State.Newest.Text());
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-0")]
    [InlineData("1 ")]
    [InlineData(" 1")]
    [InlineData("1.0")]
    [InlineData("4611686018427387904")]
    [InlineData("-4611686018427387904")]
    [InlineData("99999999999999999999")]
    [InlineData("111111111111111111111")]
    public void WhatIsNotANumberOrTooLarge_IsRefused(string value)
    {
        var judgement = Judge(State(value), Requests.New(Change.Add(1), floor: 1));
        Assert.Equal((ChangeStatus.NotACounter, value), (judgement.Outcomes[0].Status, judgement.Outcomes[0].Entry.Text()));
        Assert.False(judgement.Altered);
    }

    [Fact]
    public void AdditionsOfOneProposal_EachAddToTheOneBefore()
    {
        var judgement = Judge(RegisterState.Empty, Requests.New(Change.Add(1)), Requests.New(Change.Add(10)), Requests.New(Change.Add(-100)), Requests.Set("x"), Requests.New(Change.Add(1), floor: 0));
        Assert.Equal(["1", "11", "-89", "x", "x"], judgement.Outcomes.Select(outcome => outcome.Entry.Text()));
        Assert.Equal(ChangeStatus.NotACounter, judgement.Outcomes[^1].Status);
    }

    /// <summary>A sum may be too large to be added to, and is a sum all the same.</summary>
    [Theory]
    [InlineData(1), InlineData(CounterValue.Largest)]
    public void ACopyOfAnAddition_IsNotAddedAgain(long amount)
    {
        var request = Requests.New(Change.Add(amount), floor: 1);
        var once = Judge(State(Largest), request).State;
        var later = Judge(once, Requests.Set("other", floor: 2)).State;
        Assert.Equal((ChangeStatus.Applied, 2L), Written(Judge(once, request).Outcomes[0]));
        Assert.Equal((ChangeStatus.Applied, 2L), Written(Judge(later, request).Outcomes[0]));
        Assert.Equal((ChangeStatus.Applied, 2L), Written(Judge(State(Largest), request, request).Outcomes[1]));

        static (ChangeStatus, long?) Written(ChangeOutcome outcome) => (outcome.Status, outcome.WrittenVersion);
    }

    [Fact]
    public void AnAdditionWithTheIdOfAnotherChange_IsToldByWhatThatWrote()
    {
        var set = Requests.Set("a text that is longer than any sum");
        var state = Judge(RegisterState.Empty, set).State;
        Assert.Equal(ChangeStatus.RequestIdReused, Judge(state, set with { Change = Change.Add(1) }).Outcomes[0].Status);
        var deletion = Requests.New(Change.Delete(), floor: 1);
        Assert.Equal(ChangeStatus.RequestIdReused, Judge(Judge(state, deletion).State, deletion with { Change = Change.Add(1) }).Outcomes[0].Status);
    }

    [Theory]
    [InlineData("5 6 7", 1, ChangeStatus.Applied)]
    [InlineData("5 x 7", 3, ChangeStatus.Applied)]
    [InlineData("5 x 7", 2, ChangeStatus.Outdated)]
    [InlineData("5 x 7", 1, ChangeStatus.Outdated)]
    [InlineData("x 7", 0, ChangeStatus.Outdated)]
    [InlineData("5 6 x", 1, ChangeStatus.NotACounter)]
    public void TheValueMustHaveBeenANumber_SinceTheFloor(string values, long floor, ChangeStatus status)
    {
        var state = RegisterState.Empty;
        foreach (var value in values.Split(' '))
            state = Judge(state, Requests.Set(value, state.Version)).State;
        Assert.Equal(status, Judge(state, Requests.New(Change.Add(1), floor)).Outcomes[0].Status);
    }

    /// <summary>Windows of earlier formats do not tell what is a number. The newest value does by itself.</summary>
    [Fact]
    public void AValueFromBeforeThereWereCounters_CanBeAddedTo()
    {
        var state = Judge(State("5"), Requests.Set("6", floor: 1)).State;
        state = state with { Window = [.. state.Window.Select(item => item with { IsCounter = false })] };
        Assert.Equal("7", Judge(state, Requests.New(Change.Add(1), floor: 2)).State.Newest.Text());
        Assert.Equal(ChangeStatus.Outdated, Judge(state, Requests.New(Change.Add(1), floor: 1)).Outcomes[0].Status);
    }

    [Theory]
    [InlineData(CounterValue.Largest + 1)]
    [InlineData(-CounterValue.Largest - 1)]
    public void AnAmountBeyondTheLimit_IsRefused(long amount) =>
        Assert.Contains("4611686018427387903", Assert.Throws<ArgumentException>(Change.Add(amount).Validate).Message);

    private static RegisterState State(string value) => Judge(RegisterState.Empty, Requests.Set(value)).State;

    private static Judgement Judge(RegisterState state, params ChangeRequest[] requests)
    {
        var judgement = ChangeRules.Judge(state, basisChosen: true, requests, Limits);
        Invariants.WellFormed(judgement.State);
        return judgement;
    }
}
