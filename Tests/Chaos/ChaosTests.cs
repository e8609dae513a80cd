using Orleans.Paxos.Tests.Silo;
using Orleans.Paxos.Verification.Chaos;
using Orleans.Paxos.Verification.Chaos.Processes;
using Orleans.Paxos.Verification.Chaos.Reports;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Tests.Chaos;

/// <summary>The shortest run with real processes, a fault of each kind, clients and a verdict.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int AlteredAnswers = 10;

    [Fact]
    public async Task Clients_of_processes_that_are_killed_and_paused_are_told_nothing_but_the_truth()
    {
        var options = new ChaosOptions(Minutes: ChaosOptions.LeastMinutes, Seed: 1, Clients: 32, Registers: 4, Changes: false, Output: "");
        var result = await ChaosRun.ExecuteAsync(options, TimeProvider.System, _ => { }, TestContext.Current.CancellationToken);
        output.WriteLine(ChaosReport.Write(result, "this one"));

        Assert.Equal("linearizable", result.Verdict.ToString());
        Assert.Empty(result.Silent);
        Assert.Contains(result.Faults, fault => fault.Kind == ProcessFaultKind.Kill);
        Assert.Contains(result.Faults, fault => fault.Kind == ProcessFaultKind.Pause);
        Assert.True(new ChaosSummary(result).AcknowledgedSinceLastFault > 0);
        AssertAlteredAnswersAreRefused([.. result.Calls.Select(call => call.Operation)]);
    }

    /// <summary>The negative control: the recorded calls are enough to detect a wrong answer.</summary>
    private static void AssertAlteredAnswersAreRefused(ImmutableArray<Operation> history)
    {
        var random = new Random(1);
        var shown = history.SelectMany(call => call.Entries).CountBy(entry => entry.RequestId).ToDictionary();
        foreach (var lie in new Func<Operation, Operation?>[] { OlderRead, OtherValue, OtherVersion, Denied })
        {
            for (var count = 0; count < AlteredAnswers;)
            {
                var index = random.Next(history.Length / 2, history.Length);
                if (lie(history[index]) is not { } altered)
                    continue;
                var verdict = LinearizabilityChecker.Check(history.SetItem(index, altered));
                Assert.True(verdict.Violations.Any(), $"{history[index].Describe()} became {altered.Describe()}: {verdict}");
                count++;
            }
        }

        Operation? OlderRead(Operation call) =>
            call is { Kind: OperationKind.Read, IsAnswered: true } && history.FirstOrDefault(other => other.Register == call.Register && other.Answer == Answer.Applied) is { } first
                ? call with { Entries = first.Entries }
                : null;

        Operation? OtherVersion(Operation call) =>
            WasShownToOthers(call) ? call with { Entries = [call.Entries[0] with { Version = call.Entries[0].Version + 1 }] } : null;

        Operation? Denied(Operation call) =>
            WasShownToOthers(call) ? call with { Answer = Answer.Unavailable, Entries = [] } : null;

        // If no other client saw the entry, a request with an unknown outcome may have written that version, and the altered answer could be true.
        bool WasShownToOthers(Operation call) => call is { Answer: Answer.Applied, Entries: [var entry] } && shown[entry.RequestId] > 1;
    }

    private static Operation? OtherValue(Operation call) =>
        call.Entries is [{ Deleted: false } entry] ? call with { Entries = [entry with { Value = entry.Value + "!" }] } : null;
}
