using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Paxos.AzureStorage;

/// <summary>Checks when the silo starts that every record will fit, so that none is refused later.</summary>
internal sealed class AzureLimitsValidator(string kind, int largestRecordBytes, IOptions<ClusterOptions> cluster) : IValidateOptions<PaxosOptions>
{
    public ValidateOptionsResult Validate(string? name, PaxosOptions options)
    {
        var mistakes = new List<string>();
        if (options.LargestRecordBytes() is var bytes && bytes > largestRecordBytes)
        {
            mistakes.Add(
                $"MaxValueBytes is {options.MaxValueBytes}, HistoryBytes {options.HistoryBytes} and HistoryEntries {options.HistoryEntries}: " +
                $"a record may have {bytes} bytes, and {kind} storage takes at most {largestRecordBytes}. Lower them, or use blob storage.");
        }

        if (cluster.Value.ServiceId is { Length: > AzureKey.LongestServiceId } service)
            mistakes.Add($"The ServiceId has {service.Length} characters; {kind} storage leaves room for {AzureKey.LongestServiceId}, because every key starts with it.");
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
