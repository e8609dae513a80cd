using Orleans.Paxos.Tests.Protocol.Walks;

namespace Orleans.Paxos.Tests.Protocol;

/// <summary>Random walks over the production rules, and the faults that they find.</summary>
public sealed class RandomWalkTests(ITestOutputHelper output)
{
    private const int Walks = 8_000;

    public static TheoryData<string> Faults => [.. WalkRules.Broken.Keys];

    [Fact]
    public void What_was_chosen_stays_chosen_with_1_to_9_acceptors_and_up_to_4_proposers()
    {
        var counts = new WalkCounts();
        for (var seed = 1; seed <= Walks; seed++)
            Assert.True(RandomWalk.Run(seed, new WalkRules(), counts) is null, $"Seed {seed}: {RandomWalk.Run(seed, new WalkRules(), counts)}.");
        output.WriteLine($"{counts}");
        counts.AssertAll();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_planted_fault_is_found(string fault)
    {
        for (var seed = 1; seed <= Walks; seed++)
        {
            if (RandomWalk.Run(seed, WalkRules.Broken[fault], new WalkCounts()) is { } broken)
            {
                output.WriteLine($"Seed {seed}: {broken}.");
                return;
            }
        }

        Assert.Fail($"{Walks} walks did not find {fault}.");
    }
}
