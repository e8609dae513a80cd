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

    /// <summary>How many there are.</summary>
    public int Buckets => buckets;

    /// <summary>The bucket of a name.</summary>
    public int BucketOf(string register) => BucketOf(register, buckets);

    /// <summary>Where the watermark of a name's bucket is: in which page, and where in it.</summary>
    public static (int Page, int Index) PlaceOf(string register, int buckets) => PlaceOf(BucketOf(register, buckets));

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

    /// <summary>Returns the watermarks of neighbouring buckets as they are after the call; a bucket that has none is left out.</summary>
    /// <param name="first">The first bucket.</param>
    /// <param name="count">How many buckets, as far as there are so many.</param>
    public async Task<ImmutableArray<BucketWatermark>> ReadAsync(int first, int count)
    {
        var places = Enumerable.Range(first, Math.Clamp(buckets - first, 0, count)).Select(PlaceOf).ToLookup(static place => place.Page, static place => place.Index);
        foreach (var page in places.Where(_ => storage.MayBeOvertaken))
            _pages.Remove(page.Key);
        var cells = await Task.WhenAll(places.Select(page => PageAsync(page.Key)));
        return [.. places.Zip(cells, static (page, cell) => Told(page.Key, page, cell.Value)).SelectMany(static each => each)];
    }

    /// <summary>Raises the watermarks of names' buckets, one call after another.</summary>
    /// <returns>The watermark of each name's bucket; they are durable.</returns>
    public Task<IReadOnlyList<Watermark>> RaiseAsync(IReadOnlyCollection<(string Register, Watermark Watermark)> raised) =>
        RaiseAsync([.. raised.Select(each => (BucketOf(each.Register), each.Watermark))]);

    /// <summary>Raises the watermarks of buckets, one call after another.</summary>
    /// <returns>The watermark of each bucket; they are durable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such bucket.</exception>
    public Task<IReadOnlyList<Watermark>> RaiseAsync(IReadOnlyCollection<(int Bucket, Watermark Watermark)> raised)
    {
        foreach (var (bucket, _) in raised)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)bucket, (uint)buckets, nameof(raised));
        var turn = RaiseAfterAsync(_lastTurn, raised);
        _lastTurn = turn;
        return turn;
    }

    private async Task<IReadOnlyList<Watermark>> RaiseAfterAsync(Task before, IReadOnlyCollection<(int Bucket, Watermark Watermark)> raised)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing); // its caller handles its failure
        var places = raised.Select(static each => PlaceOf(each.Bucket)).ToList();
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

    private static IEnumerable<BucketWatermark> Told(int page, IEnumerable<int> indexes, ImmutableArray<Watermark> watermarks) =>
        from index in indexes
        let watermark = WatermarkAt(watermarks, index)
        where watermark != default
        select watermark.Of((page * BucketsInPage) + index);

    private static Watermark WatermarkAt(ImmutableArray<Watermark> page, int index) => page.IsEmpty ? default : page[index];

    /// <summary>The bucket of a name.</summary>
    public static int BucketOf(string register, int buckets) => (int)(XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(register)) % buckets);

    private static (int Page, int Index) PlaceOf(int bucket) => Math.DivRem(bucket, BucketsInPage);

    private (int Page, int Index) PlaceOf(string register) => PlaceOf(register, buckets);

    private Task<RecordCell<ImmutableArray<Watermark>>> PageAsync(int page)
    {
        if (!_pages.TryGetValue(page, out var cell) || cell.IsFaulted)
            _pages[page] = cell = storage.OpenWatermarksAsync(page);
        return cell;
    }
}
