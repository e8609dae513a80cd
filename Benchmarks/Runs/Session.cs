using Orleans.Paxos.Benchmarks.Settings;
using Orleans.Paxos.Benchmarks.Targets;
using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Runs;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Runs;

/// <summary>One run of the program. It collects the measurements and prints each immediately.</summary>
/// <param name="options">The options of the run.</param>
/// <param name="output">Receives the measurements.</param>
/// <param name="live">Shows the progress.</param>
/// <param name="cancellationToken">Cancels the run.</param>
internal sealed class Session(BenchOptions options, TextWriter output, LiveLine live, CancellationToken cancellationToken)
{
    private const int WritesBetweenLines = 500;

    private readonly Dictionary<ILoadTarget, Preparation> _preparations = [];
    private readonly List<Measurement> _measurements = [];
    private readonly List<Ratio> _ratios = [];
    private readonly List<Series> _series = [];
    private readonly List<string> _notes = [];

    public BenchOptions Options => options;

    public CancellationToken CancellationToken => cancellationToken;

    public IReadOnlyList<Measurement> Measurements => _measurements;

    public IReadOnlyList<Ratio> Ratios => _ratios;

    public IReadOnlyList<Series> Series => _series;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Runs the steps in turn, round after round, so that compared figures come from the same state of the machine.</summary>
    /// <param name="steps">The steps.</param>
    public async Task RunRoundsAsync(IReadOnlyList<Step> steps)
    {
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var step in steps.Where(step => options.Wants(step.Scenario) && (step.IsEssential || !options.Quick)))
                Add(await MeasureAsync(step, round));
        }
    }

    /// <summary>Writes the registers that a step needs, unless an earlier step did, and runs its load.</summary>
    /// <param name="step">The step.</param>
    /// <param name="round">The number of the round.</param>
    /// <returns>The measurement, which is not yet in the report.</returns>
    public async Task<Measurement> MeasureAsync(Step step, int round = 1)
    {
        var size = step.Size ?? new ScenarioOptions();
        var scenario = ScenarioCatalog.Create(step.Scenario, size with
        {
            Registers = step.Registers ?? options.Registers,
            Watchers = options.Watchers,
            VersionsPerSecond = options.VersionsPerSecond,
        });
        if (!_preparations.TryGetValue(step.Target, out var preparation))
            _preparations[step.Target] = preparation = new Preparation(new PatientTarget(step.Target));
        await preparation.EnsureAsync(scenario, ShowWritten(step.Target), cancellationToken);
        var plan = options.PlanFor(step.Clients) with { ProcessorTime = step.ProcessorTime is { } spent ? () => Environment.CpuUsage.TotalTime + spent() : null };
        var measurement = await MeasureAsync(scenario, step.Target, plan);
        return measurement with { Scenario = step.Label, Round = round };
    }

    /// <summary>Runs a load whose registers already exist.</summary>
    public async Task<Measurement> MeasureAsync(Scenario scenario, ILoadTarget target, LoadPlan plan)
    {
        var measurement = await ClosedLoop.RunAsync(scenario, target, plan, live.Show, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return measurement;
    }

    /// <summary>Writes the registers of a scenario again.</summary>
    public Task WriteAllAsync(Scenario scenario, ILoadTarget target) => scenario.PrepareAsync(new PatientTarget(target), ShowWritten(target), cancellationToken);

    private Action<int, int> ShowWritten(ILoadTarget target) => (written, all) =>
    {
        if (written % WritesBetweenLines == 0)
            live.Show($"{target.Name}: {written:n0} of {all:n0} registers are written");
    };

    public void Add(Measurement measurement)
    {
        if (_measurements.Count == 0)
            Print($"{MeasurementTable.Header}  processor µs");
        _measurements.Add(measurement);
        Print($"{MeasurementTable.Row(measurement)}  {(measurement.ProcessorMicrosecondsPerOperation is { } microseconds ? Figures.Whole(microseconds).PadLeft(12) : "")}".TrimEnd());
        foreach (var error in measurement.Errors)
            Print($"  {error.Count:n0} x {error.Kind}: {error.Sample}");
    }

    public void Add(Ratio? ratio)
    {
        if (ratio is not null)
            _ratios.Add(ratio);
    }

    /// <summary>Adds a line of a plot and prints its points.</summary>
    public void Add(Series series)
    {
        _series.Add(series);
        Print($"{series.Plot ?? series.Name} - {series.Name}: {string.Join("   ", series.Points.Select(point => $"{point.X:n0}: {point.Y:#,0.##}"))}");
    }

    /// <summary>Adds and prints a note that explains the figures.</summary>
    public void Note(string text)
    {
        _notes.Add(text);
        Print(text);
    }

    private void Print(string line)
    {
        live.Clear();
        output.WriteLine(line);
    }
}
