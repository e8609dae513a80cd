namespace Orleans.Paxos.Silo.Http;

/// <summary>Maps <c>/v1/backup/...</c>: what <c>paxos backup</c> and <c>paxos restore</c> read and write.</summary>
internal static class BackupPaths
{
    private const string Registers = "/v1/backup/registers";
    private const string Watermarks = "/v1/backup/watermarks";
    private const int MostBuckets = 1024;

    /// <summary>A watermark takes less as JSON.</summary>
    private const int BytesOfAWatermark = 128;

    /// <summary>A byte of a value takes at most as much as an escaped control character.</summary>
    private const int BytesOfAByte = 6;

    /// <summary>The entries of a history take less without their values.</summary>
    private const int BytesOfEntries = 1024 * 1024;

    /// <summary>Maps the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Registers, [HttpMethods.Get, HttpMethods.Head], GetRegistersAsync).WithMetadata(new QueryParameters("prefix", "after", "limit"), NeedsReadWriteKey.Mark);
        routes.MapPut(Registers, PutRegisterAsync);
        routes.MapMethods(Watermarks, [HttpMethods.Get, HttpMethods.Head], GetWatermarksAsync).WithMetadata(new QueryParameters("first", "count"), NeedsReadWriteKey.Mark);
        routes.MapPut(Watermarks, PutWatermarksAsync);
    }

    private static async Task GetRegistersAsync(HttpContext context)
    {
        var query = Query.Of(context);
        var (prefix, after, limit) = (query.Text("prefix"), query.Text("after"), query.Limit());
        var most = Math.Max(EntryPage.MaxValueBytes, context.RequestServices.GetRequiredService<HttpOptions>().MaxHistoryBytes);
        await context.ReserveAnswerAsync(((long)limit * RegisterName.MaxBytes) + most);
        var page = await Backups(context).ReadPageAsync(prefix, after, limit, context.RequestAborted);
        await context.Response.WriteJsonAsync(new { registers = page.Registers.Select(BackupRegister.Of), page.Ended, page.Next });
    }

    private static async Task PutRegisterAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<HttpOptions>();
        var register = await JsonBody.ReadWholeAsync<BackupRegister>(context, (BytesOfAByte * options.MaxHistoryBytes) + BytesOfEntries);
        var history = new RegisterHistory(register.Name, [.. register.Entries.Select(Entry)], register.Forgotten);
        var outcome = await Backups(context).RestoreAsync(history, context.RequestAborted);
        if (outcome.Status == ChangeStatus.Applied)
            await context.Response.WriteJsonAsync(new { register.Name, version = outcome.WrittenVersion });
        else
            await context.Response.WriteProblemAsync(Problems.ConditionFailed(register.Name, outcome.Entry, $"The register has versions of its own, up to {outcome.Version}."));
    }

    private static async Task GetWatermarksAsync(HttpContext context)
    {
        var query = Query.Of(context);
        var (first, count) = ((int)query.Number("first", 0, 0, int.MaxValue), (int)query.Number("count", MostBuckets, 1, MostBuckets));
        await context.ReserveAnswerAsync(MostBuckets * BytesOfAWatermark);
        await context.Response.WriteJsonAsync(await Backups(context).ReadWatermarksAsync(first, count, context.RequestAborted));
    }

    private static async Task PutWatermarksAsync(HttpContext context)
    {
        var watermarks = await JsonBody.ReadWholeAsync<ImmutableArray<BucketWatermark>>(context, MostBuckets * BytesOfAWatermark);
        await Backups(context).RaiseWatermarksAsync(watermarks, context.RequestAborted);
        await context.Response.WriteJsonAsync(new { raised = watermarks.Length });
    }

    private static IBackupClient Backups(HttpContext context) => context.RequestServices.GetRequiredService<IBackupClient>();

    private static RegisterEntry Entry(BackupEntry? entry)
    {
        try
        {
            return entry?.ToEntry() ?? throw new FormatException("An entry is null.");
        }
        catch (FormatException exception)
        {
            throw JsonBody.Bad(exception);
        }
    }
}
