using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Cli.Backups;

/// <summary>What a cluster holds, page by page: so much of it is in memory as a page has.</summary>
internal sealed class BackupSource(IBackupClient client, Repeated repeated)
{
    private const int RegistersInPage = 1000;
    private const int BucketsInPage = 1024;

    /// <summary>All pages of the registers below a prefix.</summary>
    public async IAsyncEnumerable<BackupPage> PagesAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var section in BackupOrder.Sections(prefix))
        {
            for (var after = ""; after is not null;)
            {
                var from = after;
                var page = await repeated.AskAsync(() => client.ReadPageAsync(section, from, RegistersInPage, cancellationToken), cancellationToken);
                yield return page;
                after = page.Next;
            }
        }
    }

    /// <summary>How many buckets of names there are.</summary>
    public async Task<int> BucketsAsync(CancellationToken cancellationToken) =>
        (await repeated.AskAsync(() => client.ReadWatermarksAsync(0, 1, cancellationToken), cancellationToken)).Buckets;

    /// <summary>The watermarks of all buckets that have one.</summary>
    /// <param name="buckets">How many buckets there are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<BucketWatermark> WatermarksAsync(int buckets, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var first = 0; first < buckets; first += BucketsInPage)
        {
            var from = first;
            foreach (var watermark in (await repeated.AskAsync(() => client.ReadWatermarksAsync(from, BucketsInPage, cancellationToken), cancellationToken)).Watermarks)
                yield return watermark;
        }
    }
}
