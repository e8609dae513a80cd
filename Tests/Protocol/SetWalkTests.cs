using Orleans.Paxos.Tests.Protocol.Walks;

namespace Orleans.Paxos.Tests.Protocol;

/// <summary>Random walks through changes of the acceptor set over the production rules, and the faults that they find.</summary>
public sealed class SetWalkTests(ITestOutputHelper output)
{
    private const int Walks = 2_000;

    public static TheoryData<string> Faults => [.. SetWalkRules.Broken.Keys];

    [Fact]
    public void What_was_chosen_stays_chosen_while_the_set_changes_from_any_to_any_other()
    {
        var sets = 0;
        for (var seed = 1; seed <= Walks; seed++)
        {
            var (broken, count) = SetWalk.Run(seed, new SetWalkRules());
            Assert.True(broken is null, $"Seed {seed}: {broken}.");
            sets += count;
        }

        output.WriteLine($"{sets} sets in {Walks} walks.");
        Assert.True(sets > 3 * Walks);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_planted_fault_is_found(string fault)
    {
        for (var seed = 1; seed <= Walks; seed++)
        {
            if (SetWalk.Run(seed, SetWalkRules.Broken[fault]).Broken is not { } broken)
                continue;
            output.WriteLine($"Seed {seed}: {broken}.");
            return;
        }

        Assert.Fail($"{Walks} walks did not find {fault}.");
    }
}
