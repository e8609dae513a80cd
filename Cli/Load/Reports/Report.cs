namespace Orleans.Paxos.Cli.Load.Reports;

/// <summary>The result of a benchmark, which <see cref="ReportFile"/> writes.</summary>
public sealed record Report
{
    /// <summary>The version of the JSON format.</summary>
    public int Format => 1;

    /// <summary>The heading of the report.</summary>
    public string Title { get; init; } = "Orleans.Paxos benchmark";

    /// <summary>The time of the measurement.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The command line that ran the benchmark.</summary>
    public required string Command { get; init; }

    /// <summary>What was tested: a commit or a cluster.</summary>
    public required string Subject { get; init; }

    /// <summary>The machine that the benchmark ran on.</summary>
    public required MachineDescription Machine { get; init; }

    /// <summary>Notes that explain the figures, one paragraph each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The measurements, in the order of the runs.</summary>
    public ImmutableArray<Measurement> Measurements { get; init; } = [];

    /// <summary>The ratios.</summary>
    public ImmutableArray<Ratio> Ratios { get; init; } = [];

    /// <summary>The series that are plotted in addition to the measurements.</summary>
    public ImmutableArray<Series> Series { get; init; } = [];
}
