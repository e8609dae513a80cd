namespace Orleans.Paxos.Cli.Load.Reports;

/// <summary>The result of a benchmark: what <see cref="ReportFile"/> writes.</summary>
public sealed record Report
{
    /// <summary>The version of the format of the JSON.</summary>
    public int Format => 1;

    /// <summary>What it is about: the heading.</summary>
    public string Title { get; init; } = "Orleans.Paxos benchmark";

    /// <summary>When it was measured.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The command line that measured it.</summary>
    public required string Command { get; init; }

    /// <summary>What was under test: a commit, or a cluster.</summary>
    public required string Subject { get; init; }

    /// <summary>What it was measured on.</summary>
    public required MachineDescription Machine { get; init; }

    /// <summary>What has to be known to read the figures, a paragraph each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The runs, in their order.</summary>
    public ImmutableArray<Measurement> Measurements { get; init; } = [];

    /// <summary>The ratios.</summary>
    public ImmutableArray<Ratio> Ratios { get; init; } = [];

    /// <summary>What is plotted beside the measurements.</summary>
    public ImmutableArray<Series> Series { get; init; } = [];
}
