using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Tests.Client.Fakes;

namespace Orleans.Paxos.Tests.Coordination;

public sealed class RenewalGateTests
{
    [Fact]
    public void Only_so_many_are_under_way_and_those_with_least_left_go_first() => ClientWorld.Run(async _ =>
    {
        var gate = new RenewalGate(mostAtOnce: 2);
        var begun = new List<(long Deadline, TaskCompletionSource<bool> End)>();
        var all = new long[] { 5, 9, 7, 1, 3 }.Select(deadline => gate.RunAsync(deadline, () =>
        {
            begun.Add((deadline, new TaskCompletionSource<bool>()));
            return begun[^1].End.Task;
        })).ToList();
        for (var ended = 0; ended < all.Count; ended++)
        {
            Assert.Equal(Math.Min(ended + 2, all.Count), begun.Count);
            begun[ended].End.SetResult(true);
            await Task.Yield();
        }

        await Task.WhenAll(all);
        Assert.Equal([5, 9, 1, 3, 7], begun.Select(static each => each.Deadline));
    });
}
