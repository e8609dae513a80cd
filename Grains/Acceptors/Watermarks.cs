using System.IO.Hashing;
using System.Text;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// The watermarks of an acceptor, one for each bucket of names. A name's bucket is given by its hash, and neighbouring buckets share a record,
/// a page. Storage that cannot forget has none.
/// </summary>
internal sealed class Watermarks(AcceptorStorage storage, int buckets)
{
    private const int BucketsInPage = 16;

    private readonly Dictionary<int, Task<RecordCell<ImmutableArray<Watermark>>>> _pages = [];

    /// <summary>The bucket of a name.</summary>
    public int BucketOf(string register) => (int)(XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(register)) % buckets);

    /// <summary>Returns the watermark of a name's bucket; it is durable.</summary>
    public async ValueTask<Watermark> OfAsync(string register)
    {
        if (storage.Registers is null)
            return default;
        var (page, bucket) = PlaceOf(register);
        return WatermarkAt((await PageAsync(page)).Value, bucket);
    }

    /// <summary>Raises the watermarks of names' buckets, in one commit. When the call returns, they are durable.</summary>
    public async Task RaiseAsync(IEnumerable<(string Register, Watermark Watermark)> raised)
    {
        var commit = new List<(int Page, RecordCell<ImmutableArray<Watermark>> Cell, RegisterWrite Write)>();
        foreach (var page in raised.GroupBy(each => PlaceOf(each.Register).Page, each => (PlaceOf(each.Register).Bucket, each.Watermark)))
        {
            var cell = await PageAsync(page.Key);
            var after = Raised(cell.Value, page);
            if (!after.SequenceEqual(cell.Value))
                commit.Add((page.Key, cell, cell.Prepare(after, addition: null)));
        }

        if (commit.Count == 0)
            return;
        try
        {
            await storage.Registers!.CommitAsync([.. commit.Select(static each => each.Write)]);
            commit.ForEach(static each => Complete(each.Cell, each.Write));
        }
        catch
        {
            commit.ForEach(each => _pages.Remove(each.Page)); // what is stored is not known (I8)
            throw;
        }
    }

    private static void Complete(RecordCell<ImmutableArray<Watermark>> cell, RegisterWrite write)
    {
        if (write.Refusal is not null)
            throw write.Refusal;
        cell.Complete(write);
    }

    private static ImmutableArray<Watermark> Raised(ImmutableArray<Watermark> page, IEnumerable<(int Bucket, Watermark Watermark)> raised)
    {
        var after = page.IsEmpty ? new Watermark[BucketsInPage] : [.. page];
        foreach (var (bucket, watermark) in raised)
            after[bucket] = after[bucket].With(watermark);
        return [.. after];
    }

    private static Watermark WatermarkAt(ImmutableArray<Watermark> page, int bucket) => page.IsEmpty ? default : page[bucket];

    private (int Page, int Bucket) PlaceOf(string register) => Math.DivRem(BucketOf(register), BucketsInPage);

    private Task<RecordCell<ImmutableArray<Watermark>>> PageAsync(int page)
    {
        if (!_pages.TryGetValue(page, out var cell) || cell.IsFaulted)
            _pages[page] = cell = storage.OpenWatermarksAsync(page);
        return cell;
    }
}
