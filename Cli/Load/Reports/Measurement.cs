namespace Orleans.Paxos.Cli.Load.Reports;

/// <summary>The result of a run. Latencies are in milliseconds.</summary>
public sealed record Measurement
{
    /// <summary>The name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>The name of the target under load.</summary>
    public required string Target { get; init; }

    /// <summary>The number of clients; in watch-fan-out and watch-prefix, the number of watchers.</summary>
    public required int Clients { get; init; }

    /// <summary>The size of a value, in bytes.</summary>
    public required int ValueBytes { get; init; }

    /// <summary>The round, from 1, when the run is repeated.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The number of operations that succeeded within the measured time.</summary>
    public required long Operations { get; init; }

    /// <summary>The measured time, in seconds.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>The number of <see cref="Operations"/> per second.</summary>
    public double OperationsPerSecond => ElapsedSeconds > 0 ? Operations / ElapsedSeconds : 0;

    /// <summary>The latencies of these operations and of those still in progress when the measured time ended, so that operations that hang are included.</summary>
    public required Latencies Latencies { get; init; }

    /// <summary>Operations that failed, by kind, the most frequent first. Failures during the warm-up are not included.</summary>
    public ImmutableArray<ErrorCount> Errors { get; init; } = [];

    /// <summary>The sum of <see cref="Errors"/>.</summary>
    public long ErrorCount => Errors.Sum(error => error.Count);

    /// <summary>The processor time of all processes that take part, load generator included, in microseconds per operation; null when it was not measured.</summary>
    public double? ProcessorMicrosecondsPerOperation { get; init; }
}

/// <summary>Latencies in milliseconds, with a precision of three digits.</summary>
/// <param name="P50">Half of the operations took at most this long.</param>
/// <param name="P90">90% took at most this long.</param>
/// <param name="P99">99% took at most this long.</param>
/// <param name="P999">99.9% took at most this long.</param>
/// <param name="Max">The longest operation took this long.</param>
public sealed record Latencies(double P50, double P90, double P99, double P999, double Max);

/// <summary>Operations that failed in the same way.</summary>
/// <param name="Kind">The exception's type, with the HTTP status if it has one.</param>
/// <param name="Count">The number of failures.</param>
/// <param name="Sample">The message of the first failure.</param>
public sealed record ErrorCount(string Kind, long Count, string Sample);
