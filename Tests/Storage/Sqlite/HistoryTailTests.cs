using Orleans.Paxos.Storage.Sqlite;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

public sealed class HistoryTailTests
{
    [Fact]
    public void Whatever_is_put_into_a_tail_is_read_back_and_no_other_row_takes_it_for_its_own()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var (written, read) = (new HistoryTail(), new HistoryTail());
            var expected = new SortedDictionary<long, long>();
            var row = random.NextInt64(1, 1L << random.Next(1, 62));
            for (var count = random.Next(1, 600); count > 0; count--)
            {
                var place = new HistoryPlace(random.NextInt64(1, 1L << random.Next(1, 62)), random.NextInt64(0, 1L << random.Next(1, 62)));
                written.Add(place);
                expected[place.Version] = place.Number;
            }

            var stored = written.Write(row).ToArray();
            Assert.True(read.TryRead(row, stored));
            Assert.Equal(expected.Select(place => new HistoryPlace(place.Key, place.Value)), read.Places);
            Assert.False(read.TryRead(row + 1, stored));
            stored[random.Next(stored.Length)] ^= (byte)(1 << random.Next(8));
            Assert.False(read.TryRead(row, stored));
        }
    }

    [Fact]
    public void An_empty_tail_is_nothing()
    {
        var tail = new HistoryTail();
        Assert.True(tail.TryRead(1, []));
        Assert.Empty(tail.Places);
    }
}
