using Orleans.Paxos.Client.Typed;
using Orleans.Paxos.Tests.Client.Fakes;

namespace Orleans.Paxos.Tests.Client;

/// <summary>Applications do not get at the registers in which this library keeps sessions and locks.</summary>
public sealed class ReservedNameTests
{
    private const string Reserved = "!locks/job";

    [Fact]
    public void EveryCallOfTheClient_RefusesThemBeforeItSendsAnything() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var client = bench.Client;
        Func<Task>[] calls =
        [
            () => client.ReadAsync(Reserved),
            () => client.ChangeAsync(Reserved, Bench.Write),
            () => client.HistoryAsync(Reserved),
            () => client.ListPageAsync(ReservedNames.Sessions),
            () => client.ListEntriesPageAsync(ReservedNames.Sessions),
            () => client.WatchAsync(Reserved).GetAsyncEnumerator().MoveNextAsync().AsTask(),
            () => client.WatchPrefixAsync(ReservedNames.Sessions).GetAsyncEnumerator().MoveNextAsync().AsTask(),
        ];
        foreach (var call in calls)
            Assert.Contains("reserved", (await Assert.ThrowsAsync<ArgumentException>(call)).Message);
        Assert.Empty(bench.Sent());
    });

    [Fact]
    public void TypedRegisters_RefuseThem()
    {
        var registers = new TypedRegisters(new OneRegisterClient());
        Action[] calls = [() => registers.Get<string>(Reserved), () => registers.ListAsync("!"), () => registers.ListValuesAsync<string>("!")];
        Assert.All(calls, call => Assert.Contains("reserved", Assert.Throws<ArgumentException>(call).Message));
    }
}
