namespace Orleans.Paxos.Cli.Load.Reports;

/// <summary>What a run measured. Latencies are in milliseconds.</summary>
public sealed record Measurement
{
    /// <summary>The scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>What was under load.</summary>
    public required string Target { get; init; }

    /// <summary>How many clients there were; in watch-fan-out, how many watchers.</summary>
    public required int Clients { get; init; }

    /// <summary>The size of a value, in bytes.</summary>
    public required int ValueBytes { get; init; }

    /// <summary>Which round of several, from 1.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Operations that succeeded and ended within the measured time.</summary>
    public required long Operations { get; init; }

    /// <summary>The measured time, in seconds.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary><see cref="Operations"/> a second.</summary>
    public double OperationsPerSecond => ElapsedSeconds > 0 ? Operations / ElapsedSeconds : 0;

    /// <summary>The latencies of these operations, and of those that were under way when the time was up: one that hangs is not lost.</summary>
    public required Latencies Latencies { get; init; }

    /// <summary>Operations that failed, by kind, the most frequent first; those of the warm-up are not among them.</summary>
    public ImmutableArray<ErrorCount> Errors { get; init; } = [];

    /// <summary>The sum of <see cref="Errors"/>.</summary>
    public long ErrorCount => Errors.Sum(error => error.Count);

    /// <summary>The bytes that this process allocated for an operation; null if they were not counted.</summary>
    public double? AllocatedBytesPerOperation { get; init; }
}

/// <summary>Latencies in milliseconds, exact to three digits.</summary>
/// <param name="P50">Half of the operations took at most this long.</param>
/// <param name="P90">90% took at most this long.</param>
/// <param name="P99">99% took at most this long.</param>
/// <param name="P999">99.9% took at most this long.</param>
/// <param name="Max">The longest took this long.</param>
public sealed record Latencies(double P50, double P90, double P99, double P999, double Max);

/// <summary>Operations that failed in the same way.</summary>
/// <param name="Kind">The exception's type, with the HTTP status if it has one.</param>
/// <param name="Count">How many.</param>
/// <param name="Sample">The message of the first.</param>
public sealed record ErrorCount(string Kind, long Count, string Sample);
