using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;
using Orleans.Serialization;

namespace Orleans.Paxos.Tests.Protocol;

/// <summary>The size of an accept on the wire, as Orleans serializes it.</summary>
public sealed class WireBytesTests(ITestOutputHelper output)
{
    private const int WindowItemBytes = 32;
    private const int HeaderBytes = 256;
    private static readonly AcceptorSet Set = new(["a1", "a2", "a3"]);

    [Theory]
    [InlineData(100), InlineData(1024), InlineData(64 * 1024)]
    public void A_full_history_adds_nothing_and_the_value_travels_once(int valueBytes)
    {
        var without = BytesAfter(writes: 100, valueBytes, new HistoryLimits(Entries: 1, Bytes: int.MaxValue));
        var full = BytesAfter(writes: 100, valueBytes, new HistoryLimits(Entries: 16, Bytes: int.MaxValue));
        output.WriteLine($"{valueBytes} bytes of value: {full} bytes of accept; of a first write {BytesAfter(1, valueBytes, new HistoryLimits(16, int.MaxValue))}.");
        Assert.Equal(without, full);
        Assert.InRange(full, valueBytes, valueBytes + (ChangeRules.LeastWindow * WindowItemBytes) + HeaderBytes);
    }

    /// <summary>Gets the accept of the last of several writes, each under the round that the previous one prepared.</summary>
    private static int BytesAfter(int writes, int valueBytes, HistoryLimits limits)
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var ballots = new BallotSource(UniqueId.New);
        var state = RegisterState.Empty;
        for (var version = 0; version < writes; version++)
            state = ChangeRules.Judge(state, basisChosen: true, [Requests.New(Change.Set(new byte[valueBytes]), version)], limits).State;
        var ballot = ballots.Next(Ballot.None);
        var accept = new AcceptRequest(Set.Id, "bench/00000000000000000000000001", ballot, state, ballots.Next(ballot));
        return services.GetRequiredService<Serializer>().SerializeToArray(new Batch<AcceptRequest>([accept])).Length;
    }
}
