using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Cli.Load.Measuring;

/// <summary>Counts failures by kind and keeps the first message of each kind.</summary>
internal sealed class ErrorTally
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ErrorCount> _counts = [];

    public void Add(Exception exception) => Add(Kind(exception), exception.Message, 1);

    public void Add(string kind, string message, long count)
    {
        lock (_lock)
            _counts[kind] = _counts.TryGetValue(kind, out var earlier) ? earlier with { Count = earlier.Count + count } : new ErrorCount(kind, count, message);
    }

    /// <summary>Gets the kinds, the most frequent first.</summary>
    public ImmutableArray<ErrorCount> ToArray()
    {
        lock (_lock)
            return [.. _counts.Values.OrderByDescending(error => error.Count).ThenBy(error => error.Kind, StringComparer.Ordinal)];
    }

    private static string Kind(Exception exception) => exception is HttpRequestException { StatusCode: { } status }
        ? $"{nameof(HttpRequestException)} {(int)status}"
        : exception.GetType().Name;
}
