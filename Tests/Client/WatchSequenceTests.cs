using Orleans.Paxos.Client.Registers;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

public sealed class WatchSequenceTests
{
    [Theory]
    [InlineData(1, 3, 0, 0, "1 2 3")] // all is new
    [InlineData(1, 3, 0, 2, "3")] // some was seen
    [InlineData(1, 3, 0, 3, "")] // all was seen
    [InlineData(1, 3, 0, 9, "")] // the watcher is ahead
    [InlineData(5, 6, 4, 0, "c4 5 6")] // the start is lost, and said to be
    [InlineData(5, 6, 4, 4, "5 6")] // lost, but seen before
    [InlineData(5, 6, 4, 5, "6")]
    [InlineData(1, 0, 4, 2, "c4")] // lost, and nothing after it yet
    [InlineData(5, 6, 0, 3, null)] // a version is skipped without a word
    [InlineData(5, 6, 3, 0, null)] // more is skipped than said
    public void What_follows(long first, long last, long compactedThrough, long after, string? expected)
    {
        var following = WatchSequence.Following(new WatchBatch(Entries(first, last), compactedThrough), after);

        Assert.Equal(expected, following is null ? null : Text(following));
    }

    [Fact]
    public void A_hole_inside_is_found() =>
        Assert.Null(WatchSequence.Following(new WatchBatch([Entry(1), Entry(3)], 0), 0));

    [Fact]
    public void A_history_that_starts_late_says_what_it_lost()
    {
        Assert.Equal("c7 8 9", Text(WatchSequence.FromHistory(Entries(8, 9), 0)));
        Assert.Equal("1 2", Text(WatchSequence.FromHistory(Entries(1, 2), 2)));
        Assert.Equal("", Text(WatchSequence.FromHistory([], 0)));
    }

    [Fact]
    public void AHistoryThatEndsBeforeWhatWasSeen_BeginsAnew()
    {
        Assert.Equal("reset c7 8 9", Text(WatchSequence.Following(WatchSequence.FromHistory(Entries(8, 9), 40), 40)!));
        Assert.Equal("reset 1 2", Text(WatchSequence.Following(WatchSequence.FromHistory(Entries(1, 2), 3), 3)!));
        Assert.Equal("", Text(WatchSequence.Following(WatchSequence.FromHistory([], 3), 3)!)); // it may have been forgotten
    }

    [Fact]
    public void AHistoryInWhichAnotherRequestWroteWhatWasSeen_BeginsAnew()
    {
        var history = Entries(4, 6);
        Assert.Equal("6", Text(WatchSequence.Following(WatchSequence.FromHistory(history, WatchPoint.Of(history[1])), 5)!));
        Assert.Equal("reset c3 4 5 6", Text(WatchSequence.Following(WatchSequence.FromHistory(history, new WatchPoint(5, UniqueId.New())), 5)!));
        Assert.Equal("c3 4 5 6", Text(WatchSequence.Following(WatchSequence.FromHistory(history, new WatchPoint(2, UniqueId.New())), 2)!));
    }

    private static string Text(WatchBatch batch) => string.Join(
        ' ',
        new[] { batch.Notice == WatchNotice.Reset ? "reset" : "", batch.CompactedThrough > 0 ? $"c{batch.CompactedThrough}" : "" }
            .Where(word => word.Length > 0)
            .Concat(batch.Entries.Select(entry => $"{entry.Version}")));
}
