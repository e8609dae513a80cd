using System.Diagnostics;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Tests.Linearizability;

/// <summary>The checker decides a history of realistic length with a limited amount of work.</summary>
public sealed class ManyClientsTests(ITestOutputHelper output)
{
    private const int Clients = 32;
    private const int Calls = 10_000;

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void Ten_thousand_calls_on_one_register_take_a_few_steps_each(int seed)
    {
        var history = new RandomHistory(new Random(seed), Clients).Run(Calls);
        AssertVerdict(history, "linearizable");
        var old = history.First(call => call is { Kind: OperationKind.Read, IsAnswered: true });
        history.Add(old with { Invoked = long.MaxValue - 1, Returned = long.MaxValue });
        AssertVerdict(history, "StaleRead");
    }

    [Fact]
    public void What_is_too_much_to_decide_is_not_passed()
    {
        var lost = Enumerable.Range(1, 40).Select(number => number % 2 == 0 ? $"1 1-? set s{number} => ?" : $"1 1-? delete d{number} => ?");
        var history = Transcript.Read($"{string.Join('\n', lost)}\n2 1-9 set end => 30:end");
        Assert.True(LinearizabilityChecker.Check(history).IsLinearizable);
        var verdict = LinearizabilityChecker.Check(history, waysLimit: 5);
        Assert.False(verdict.IsLinearizable);
        Assert.Empty(verdict.Violations);
        Assert.Contains("more than 5 ways", verdict.ToString());
    }

    private void AssertVerdict(List<Operation> history, string expected)
    {
        var clock = Stopwatch.StartNew();
        var verdict = LinearizabilityChecker.Check(history);
        var unknown = history.Count(call => call.Answer == Answer.Unknown);
        output.WriteLine($"{history.Count} calls, {unknown} of unknown outcome: {verdict.Steps} steps, {clock.Elapsed.TotalMilliseconds:0} ms: {verdict}");
        Assert.Contains(expected, verdict.ToString());
        Assert.Equal(expected == "linearizable", verdict.IsLinearizable);
        Assert.InRange(verdict.Steps, Calls, 100L * Calls);
    }
}
