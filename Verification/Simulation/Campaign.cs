using System.Collections.Concurrent;

namespace Orleans.Paxos.Verification.Simulation;

/// <summary>Runs many seeds on all processors and stops at the first that fails.</summary>
internal sealed class Campaign(IEnumerable<long> seeds, Func<long, RunResult> run, int workers)
{
    private readonly ConcurrentQueue<RunResult> _failed = new();
    private readonly Lock _gate = new();

    public CampaignTotals Totals { get; } = new();

    /// <summary>The failed run with the lowest seed; null when none failed.</summary>
    public RunResult? Failure => _failed.MinBy(result => result.Seed);

    /// <summary>Runs the seeds.</summary>
    /// <param name="progress">Called after each seed.</param>
    /// <param name="cancellationToken">Ends the campaign after the seeds in progress.</param>
    public void Execute(Action<CampaignTotals> progress, CancellationToken cancellationToken)
    {
        using var next = seeds.GetEnumerator();
        var threads = Enumerable.Range(0, workers).Select(_ => new Thread(() => Work(next, progress, cancellationToken))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    private void Work(IEnumerator<long> next, Action<CampaignTotals> progress, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && _failed.IsEmpty && Take(next) is { } seed)
        {
            var result = run(seed);
            if (result.Violations.Count > 0)
                _failed.Enqueue(result);
            lock (_gate)
            {
                Totals.Add(result);
                progress(Totals);
            }
        }
    }

    private long? Take(IEnumerator<long> next)
    {
        lock (_gate)
            return next.MoveNext() ? next.Current : null;
    }
}
