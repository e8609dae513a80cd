using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Protocol;

/// <summary>A state comes out of a message as it went in.</summary>
public sealed class RegisterStateCodecTests : IDisposable
{
    private readonly Wire _wire = new();

    [Theory]
    [InlineData(0, 0), InlineData(1, 0), InlineData(16, 1), InlineData(512, 16)]
    public void Every_part_comes_back(int items, int entries)
    {
        var state = State(items, entries, valueBytes: 300);
        var back = _wire.Send(new ChosenState(Ballot.None, state)).State;
        Assert.Equal(state.Window, back.Window);
        Assert.Equal(state.Entries.Select(Wire.Parts), back.Entries.Select(Wire.Parts));
    }

    [Fact]
    public void A_value_of_the_limit_comes_back()
    {
        var state = State(items: 1, entries: 1, valueBytes: new PaxosOptions().MaxValueBytes);
        Assert.Equal(state.Newest!.Value, _wire.Send(new ChosenState(Ballot.None, state)).State.Newest!.Value);
    }

    [Fact]
    public void What_follows_a_state_and_a_state_that_is_left_out_come_back()
    {
        var state = State(items: 2, entries: 1, valueBytes: 3);
        var replies = _wire.Send(new Batch<PrepareReply>([Reply(1, state), Reply(2, null), Reply(3, state)])).Items;
        Assert.Equal([1L, 2, 3], replies.Select(reply => reply.Promised.Round));
        Assert.Equal([2, null, 2], replies.Select(reply => reply.State?.Window.Length));
        Assert.Same(replies[0].State, replies[2].State); // one object is sent once
    }

    public void Dispose() => _wire.Dispose();

    private static PrepareReply Reply(long round, RegisterState? state) => new(true, new Ballot(round, UniqueId.New()), Ballot.None, state);

    private static RegisterState State(int items, int entries, int valueBytes) => new(
        [.. Enumerable.Range(1, items).Select(each => new WindowItem(UniqueId.New(), each * 1000, each % 2 == 0, uint.MaxValue - (uint)each, each % 3 == 0, each % 5 == 0 ? (uint)each : 0))],
        [.. Enumerable.Range(1, entries).Select(each => new RegisterEntry(
            (long)int.MaxValue + each,
            [.. Enumerable.Range(each, each % 3 == 0 ? 0 : valueBytes).Select(number => (byte)number)],
            each % 3 == 0,
            UniqueId.New(),
            new DateTimeOffset(2026, 11, 30, 7, 0, each % 60, TimeSpan.FromMinutes(-90)))
        {
            Guard = each % 2 == 0 ? new Fence($"jobs/größe/{each}", long.MaxValue - each) : null,
            Session = each % 5 == 0 ? UniqueId.New() : null,
        })]);
}
