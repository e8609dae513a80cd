using System.IO.Hashing;
using System.Text;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// The watermarks of an acceptor, one for each bucket of names. A name's bucket is given by its hash, and neighbouring buckets share a record,
/// a page.
/// </summary>
internal sealed class Watermarks(AcceptorStorage storage, int buckets)
{
    private const int BucketsInPage = 16;

    private readonly Dictionary<int, Task<RecordCell<ImmutableArray<Watermark>>>> _pages = [];
    private Task _lastTurn = Task.CompletedTask;

    /// <summary>The bucket of a name.</summary>
    public int BucketOf(string register) => BucketOf(register, buckets);

    /// <summary>Where the watermark of a name's bucket is: in which page, and where in it.</summary>
    public static (int Page, int Index) PlaceOf(string register, int buckets) => Math.DivRem(BucketOf(register, buckets), BucketsInPage);

    /// <summary>
    /// Returns a watermark of a name's bucket that is durable. If others can write to the storage, they may have raised it further.
    /// </summary>
    public async ValueTask<Watermark> OfAsync(string register)
    {
        var (page, index) = PlaceOf(register);
        return WatermarkAt((await PageAsync(page)).Value, index);
    }

    /// <summary>Returns the watermark of a name's bucket as it is after the call.</summary>
    public ValueTask<Watermark> NowOfAsync(string register)
    {
        if (storage.MayBeOvertaken)
            _pages.Remove(PlaceOf(register).Page);
        return OfAsync(register);
    }

    /// <summary>Raises the watermarks of names' buckets, one call after another.</summary>
    /// <returns>The watermark of each name's bucket; they are durable.</returns>
    public Task<IReadOnlyList<Watermark>> RaiseAsync(IReadOnlyCollection<(string Register, Watermark Watermark)> raised)
    {
        var turn = RaiseAfterAsync(_lastTurn, raised);
        _lastTurn = turn;
        return turn;
    }

    private async Task<IReadOnlyList<Watermark>> RaiseAfterAsync(Task before, IReadOnlyCollection<(string Register, Watermark Watermark)> raised)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing); // its caller handles its failure
        var places = raised.Select(each => PlaceOf(each.Register)).ToList();
        var after = new Dictionary<int, ImmutableArray<Watermark>>();
        var writes = new List<(RecordCell<ImmutableArray<Watermark>> Cell, ImmutableArray<Watermark> After)>();
        foreach (var page in places.Zip(raised, (place, each) => (place.Page, place.Index, each.Watermark)).GroupBy(static each => each.Page))
        {
            var cell = await PageAsync(page.Key);
            after[page.Key] = Raised(cell.Value, page.Select(static each => (each.Index, each.Watermark)));
            if (!after[page.Key].SequenceEqual(cell.Value))
                writes.Add((cell, after[page.Key]));
        }

        try
        {
            await storage.WriteAllAsync(writes);
        }
        catch
        {
            foreach (var page in after.Keys)
                _pages.Remove(page); // what is stored is not known (I8)
            throw;
        }

        return [.. places.Select(place => after[place.Page][place.Index])];
    }

    private static ImmutableArray<Watermark> Raised(ImmutableArray<Watermark> page, IEnumerable<(int Index, Watermark Watermark)> raised)
    {
        var after = page.IsEmpty ? new Watermark[BucketsInPage] : [.. page];
        foreach (var (index, watermark) in raised)
            after[index] = after[index].With(watermark);
        return [.. after];
    }

    private static Watermark WatermarkAt(ImmutableArray<Watermark> page, int index) => page.IsEmpty ? default : page[index];

    private static int BucketOf(string register, int buckets) => (int)(XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(register)) % buckets);

    private (int Page, int Index) PlaceOf(string register) => PlaceOf(register, buckets);

    private Task<RecordCell<ImmutableArray<Watermark>>> PageAsync(int page)
    {
        if (!_pages.TryGetValue(page, out var cell) || cell.IsFaulted)
            _pages[page] = cell = storage.OpenWatermarksAsync(page);
        return cell;
    }
}
