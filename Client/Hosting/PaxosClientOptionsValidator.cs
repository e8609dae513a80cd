using Microsoft.Extensions.Options;

namespace Orleans.Paxos.Client.Hosting;

/// <summary>Refuses options that cannot work when the host starts, and names every mistake.</summary>
internal sealed class PaxosClientOptionsValidator : IValidateOptions<PaxosClientOptions>
{
    private static readonly TimeSpan ShortestPingInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, PaxosClientOptions options)
    {
        string[] mistakes =
        [
            .. Range(nameof(options.PingInterval), options.PingInterval, ShortestPingInterval),
            .. Range(nameof(options.HungAfter), options.HungAfter, Shortest),
            .. Range(nameof(options.HedgeAfter), options.HedgeAfter, Shortest),
            .. Range(nameof(options.RequestTimeout), options.RequestTimeout, Shortest),
            .. Mistake(
                options.RequestTimeout <= options.HedgeAfter,
                $"RequestTimeout ({options.RequestTimeout}) is not longer than HedgeAfter ({options.HedgeAfter}): a call would end before it could be sent a second way."),
            .. Mistake(options.ClockRateTolerance is not (>= 0 and <= 1), $"ClockRateTolerance is {options.ClockRateTolerance}; give 0 to 1."),
            .. Mistake(options.FloorCacheEntries < 0, $"FloorCacheEntries is {options.FloorCacheEntries}; give 0 or more."),
        ];
        return mistakes.Length == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(mistakes.Select(mistake => $"{nameof(PaxosClientOptions)}: {mistake}"));
    }

    private static IEnumerable<string> Range(string option, TimeSpan value, TimeSpan least) =>
        Mistake(value < least || value > Longest, $"{option} is {value}; give {least} to {Longest}.");

    private static IEnumerable<string> Mistake(bool made, string mistake) => made ? [mistake] : [];
}
