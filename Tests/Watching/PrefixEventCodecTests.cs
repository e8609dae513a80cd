using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>What is told of a prefix comes out of a message as it went in.</summary>
public sealed class PrefixEventCodecTests : IDisposable
{
    private readonly Wire _wire = new();

    [Fact]
    public void Every_part_comes_back()
    {
        var at = new DateTimeOffset(2026, 11, 30, 7, 0, 59, TimeSpan.FromMinutes(-90));
        var first = new PrefixEvent("dienste/größe/😀", new WatchBatch(
            [new RegisterEntry((long)int.MaxValue + 1, [1, 2, 3], false, UniqueId.New(), at) { Guard = new Fence("jobs/größe", 7), Session = UniqueId.New() }, new RegisterEntry((long)int.MaxValue + 2, [], true, UniqueId.New(), at)],
            CompactedThrough: int.MaxValue,
            WatchNotice.Reset));
        var gone = new PrefixEvent(new string('n', RegisterName.MaxBytes), new WatchBatch([], CompactedThrough: 7));
        var back = _wire.Send(new PrefixBatch([first, gone, first], "cursor", Begins: true, Listed: true, WatchNotice.Available));
        Assert.Equal(("cursor", true, true, WatchNotice.Available), (back.Cursor, back.Begins, back.Listed, back.Notice));
        Assert.Equal([Parts(first), Parts(gone), Parts(first)], back.Events.Select(Parts));
    }

    [Fact]
    public void A_value_of_the_limit_and_a_page_of_entries_come_back()
    {
        var large = new PrefixEvent("r", new WatchBatch([new RegisterEntry(1, new byte[new PaxosOptions().MaxValueBytes], false, UniqueId.New(), default)], 0));
        var batch = new PrefixBatch([.. Enumerable.Range(0, 1000).Select(number => large with { Name = $"r{number}", Versions = new WatchBatch([], number + 1) }), large], "");
        Assert.Equal(batch.Events.Select(Parts), _wire.Send(batch).Events.Select(Parts));
    }

    public void Dispose() => _wire.Dispose();

    private static string Parts(PrefixEvent told) =>
        $"{told.Name} {told.Versions.CompactedThrough} {told.Versions.Notice} {string.Join(' ', told.Versions.Entries.Select(Wire.Parts))}";
}
