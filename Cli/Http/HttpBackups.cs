using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orleans.Paxos.Cli.Http;

/// <summary>Backups over the HTTP interfaces of one silo or several.</summary>
/// <param name="silos">The silos.</param>
/// <param name="timing">How long to wait.</param>
internal sealed class HttpBackups(FailoverRegisterClient silos, HttpTiming timing) : IBackupClient
{
    public async Task<BackupPage> ReadPageAsync(string prefix, string after, int limit, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(HttpMethod.Get, address => address.BackupRegisters(prefix, after, limit), null, cancellationToken);
        var page = answer.Successful().Read(WireJson.Relaxed.BackupPageMessage);
        try
        {
            return new BackupPage([.. page.Registers.Select(static register => register.ToHistory())], page.Ended, page.Next);
        }
        catch (FormatException exception)
        {
            throw answer.Unexpected(exception.Message);
        }
    }

    public async Task<WatermarksReply> ReadWatermarksAsync(int first, int count, CancellationToken cancellationToken) =>
        (await AskAsync(HttpMethod.Get, address => address.BackupWatermarks($"?first={first}&count={count}"), null, cancellationToken)).Successful().Read(WireJson.Relaxed.WatermarksReply);

    public async Task RaiseWatermarksAsync(ImmutableArray<BucketWatermark> watermarks, CancellationToken cancellationToken) =>
        (await AskAsync(HttpMethod.Put, static address => address.BackupWatermarks(""), Bytes(watermarks, WireJson.Relaxed.ImmutableArrayBucketWatermark), cancellationToken)).Successful();

    public async Task<ChangeOutcome> RestoreAsync(RegisterHistory history, CancellationToken cancellationToken)
    {
        var body = Bytes(BackupRegister.Of(history), WireJson.Relaxed.BackupRegister);
        var answer = await AskAsync(HttpMethod.Put, static address => address.BackupRegisters(), body, cancellationToken);
        var isRefused = answer.Status == HttpStatusCode.PreconditionFailed;
        var version = (isRefused ? answer : answer.Successful()).Read(WireJson.Relaxed.Envelope).Version;
        return isRefused ? new ChangeOutcome(ChangeStatus.VersionMismatch, null, version) : new ChangeOutcome(ChangeStatus.Applied, null, version, version);
    }

    private async Task<HttpAnswer> AskAsync(HttpMethod method, Func<RegisterAddress, Uri> at, byte[]? body, CancellationToken cancellationToken) =>
        (await silos.ExchangeAsync(method, at, body, timing.RequestTimeout, cancellationToken)).Answer;

    private static byte[] Bytes<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(body, type);
}
