using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Tests.Linearizability;

/// <summary>Compares the checker with a simple implementation that tries every order.</summary>
public sealed class TwinTests(ITestOutputHelper output)
{
    private const int Cases = 60_000;

    [Fact]
    public void They_agree_on_every_small_history()
    {
        var random = new Random(3);
        var unseen = 0;
        var verdicts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var number = 0; number < Cases; number++)
        {
            var isRich = number / 4 % 2 == 1;
            var history = RandomHistory.Small(random, isRich);
            for (var harms = number % 4; harms > 0; harms--)
                RandomHarm.Do(history, random);
            var (checker, twin) = (LinearizabilityChecker.Check(history), DumbTwin.IsLinearizable(history));
            Assert.True(checker.Undecided is null && (checker.IsLinearizable == twin || (isRich && checker.IsLinearizable && HasGap(history))),
                $"Case {number}: the twin says {(twin ? "linearizable" : "not")}, the checker {checker}\n{string.Join('\n', history.OrderBy(call => call.Invoked).Select(call => call.Describe()))}");
            Assert.True(number % 4 > 0 || twin, $"Case {number} was not harmed.");
            unseen += checker.IsLinearizable == twin ? 0 : 1;
            var verdict = checker.IsLinearizable ? "linearizable" : checker.Violations[0].Kind.ToString();
            verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
        }

        output.WriteLine($"{unseen,6} not linearizable, but it takes a guard or a sum that nobody saw to tell");
        Assert.InRange(unseen, 0, Cases / 100);
        foreach (var (verdict, count) in verdicts)
            output.WriteLine($"{count,6} {verdict}");
        Assert.InRange(verdicts["linearizable"], Cases / 4, Cases * 3 / 4);
        Assert.Equal(Enum.GetNames<ViolationKind>().Append("linearizable").Order(StringComparer.Ordinal), verdicts.Keys);
    }

    /// <summary>Whether there is a version that nobody saw below one that somebody did: the checker follows no guards and sums through it.</summary>
    private static bool HasGap(List<Operation> history)
    {
        var seen = history.Where(static call => call.IsAnswered).SelectMany(static call => call.Entries).Select(static entry => entry.Version).ToHashSet();
        return seen.Count < history.Where(static call => call.IsAnswered).Max(static call => call.ShownVersion);
    }
}
