using Microsoft.Extensions.Options;

namespace Orleans.Paxos;

/// <summary>Validates the options and names every mistake. A silo with <c>AddPaxos</c> runs it when it starts.</summary>
public sealed class PaxosOptionsValidator : IValidateOptions<PaxosOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PaxosOptions options)
    {
        var mistakes = new List<string>();
        try
        {
            _ = new AcceptorSet(options.Acceptors, options.Epoch);
        }
        catch (ArgumentException exception)
        {
            mistakes.Add($"Acceptors: {exception.Message}");
        }

        Range(mistakes, nameof(options.MaxValueBytes), options.MaxValueBytes, 1, 4 * 1024 * 1024);
        Range(mistakes, nameof(options.HistoryEntries), options.HistoryEntries, 1, 512);
        Range(mistakes, nameof(options.HistoryBytes), options.HistoryBytes, 0, 64 * 1024 * 1024);
        Range(mistakes, nameof(options.ReplacedBytesInRecord), options.ReplacedBytesInRecord, 0, 64 * 1024 * 1024);
        Range(mistakes, nameof(options.AcceptorMemoryBytes), options.AcceptorMemoryBytes, 0, long.MaxValue);
        Positive(mistakes, nameof(options.AcceptorTimeout), options.AcceptorTimeout);
        Positive(mistakes, nameof(options.ProposalTimeout), options.ProposalTimeout);
        Positive(mistakes, nameof(options.WatchRefresh), options.WatchRefresh);
        if (options.ForgetAfter < TimeSpan.FromSeconds(1) || options.ForgetAfter > TimeSpan.FromDays(3650))
            mistakes.Add($"{nameof(options.ForgetAfter)} is {options.ForgetAfter}; it takes 1 second to 3650 days.");
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static void Range(List<string> mistakes, string option, long value, long least, long most)
    {
        if (value < least || value > most)
            mistakes.Add($"{option} is {value}; it takes {least} to {most}.");
    }

    private static void Positive(List<string> mistakes, string option, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromMinutes(10))
            mistakes.Add($"{option} is {value}; it takes more than zero and at most 10 minutes.");
    }
}
