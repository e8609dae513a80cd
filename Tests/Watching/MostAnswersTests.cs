using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.Client.Fakes;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>What a majority answers is not kept waiting for long by who does not answer.</summary>
public sealed class MostAnswersTests
{
    [Fact]
    public void All_answers_end_the_wait() => ClientWorld.Run(async world =>
    {
        Assert.Equal(["a", "b", "c"], await AskAsync(world, After(world, 90, "a"), After(world, 20, "b"), After(world, 5, "c")));
        Assert.Equal(90, world.Now);
    });

    [Fact]
    public void Who_hangs_is_waited_for_a_little_and_keeps_its_place() => ClientWorld.Run(async world =>
    {
        Assert.Equal(["a", null, "c"], await AskAsync(world, After(world, 20, "a"), After(world, 60_000, "b"), After(world, 5, "c")));
        Assert.Equal(100, world.Now);
    });

    [Fact]
    public void A_majority_is_waited_for_and_none_is_no_answer() => ClientWorld.Run(async world =>
    {
        Assert.Equal(["a", null, "c"], await AskAsync(world, After(world, 730, "a"), After(world, 10, null), After(world, 5, "c")));
        Assert.Equal(730, world.Now);
    });

    private static Task<string?[]> AskAsync(ClientWorld world, params Task<string?>[] answers) =>
        MostAnswers.OfAsync(answers, Voters.Of(3).IsMajority, TimeSpan.FromMilliseconds(100), world.Time);

    private static async Task<string?> After(ClientWorld world, double milliseconds, string? answer)
    {
        await world.Sleep(milliseconds);
        return answer;
    }
}
