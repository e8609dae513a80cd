using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Growth;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Benchmarks.Names;

/// <summary>
/// Writes and deletes names, each another one, while the acceptors forget them, and measures what that leaves: disk, memory, start-up and
/// listing. At most a bounded number of names waits to be forgotten; beyond it, no names are written.
/// </summary>
internal sealed class NamesRun
{
    private const int Kept = 1000;
    private const int MostWaiting = 10_000;
    private const int MostLooks = 10;
    private const int MostBeforeFirstLook = 10_000;
    private const int NamesAtOnce = 256;
    private const int NamesInARound = 2048;
    private const int NamesBetweenLooks = 1000;
    private const double MayGrowBy = 1.25;

    /// <summary>Small enough for the first look to find it full.</summary>
    private const int CacheBytes = 8 * 1024 * 1024;

    private const string Rate = "Rate";

    private static readonly TimeSpan BetweenLooksAtForgetting = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWaitAtTheEnd = TimeSpan.FromSeconds(45);

    private readonly Session _session;
    private readonly BareCluster _cluster;
    private readonly NameLife _life;
    private readonly Footprint _footprint;
    private readonly Curves _curves = new("names that came and went", logX: false);
    private readonly Random _random = new(1);
    private long _startedAt;
    private long _gone;
    private TimeSpan _waited;

    private NamesRun(Session session, BareCluster cluster)
    {
        _session = session;
        _cluster = cluster;
        _life = new NameLife(cluster);
        _footprint = new Footprint(cluster, _curves);
    }

    /// <summary>Runs until all names came and went, the time is up, or the run is cancelled; measures in each case.</summary>
    /// <param name="session">The run.</param>
    /// <param name="names">How many names.</param>
    public static async Task RunAsync(Session session, long names)
    {
        using var folder = new TemporaryFolder();
        using var cluster = new BareCluster(folder, new PaxosOptions { ForgetAfter = TimeSpan.FromSeconds(1), AcceptorMemoryBytes = CacheBytes });
        await new NamesRun(session, cluster).RunAsync(names);
    }

    private bool IsOver => _session.CancellationToken.IsCancellationRequested
        || (_session.Options.LongestSeconds is { } seconds && TimeProvider.System.GetElapsedTime(_startedAt).TotalSeconds > seconds);

    private async Task RunAsync(long names)
    {
        await Task.WhenAll(Enumerable.Range(1, Kept).Select(number => _life.ComeAsync($"kept-{number:0000}", number)));
        _startedAt = TimeProvider.System.GetTimestamp();
        var looks = Math.Clamp(names / NamesBetweenLooks, 2, MostLooks);
        var first = Math.Min(MostBeforeFirstLook, names / MostLooks);
        await MeasureAfterAsync(first);
        await _footprint.MeasureStartUpAsync(_gone);
        for (var look = 1; look <= looks && !IsOver; look++)
        {
            if (names * look / looks > first)
                await MeasureAfterAsync(names * look / looks);
        }

        await _footprint.MeasureStartUpAsync(_gone);
        Conclude(names);
    }

    /// <summary>Lets names come and go up to a number, waits until they are forgotten, and measures.</summary>
    private async Task MeasureAfterAsync(long through)
    {
        var (before, waitedBefore, started) = (_gone, _waited, TimeProvider.System.GetTimestamp());
        while (_gone < through && !IsOver)
        {
            await WaitUntilHeldAsync(Kept + MostWaiting, LongestWait);
            await ComeAndGoAsync((int)Math.Min(NamesInARound, through - _gone));
        }

        var came = TimeProvider.System.GetElapsedTime(started);
        var waited = _waited - waitedBefore;
        await WaitUntilHeldAsync(Kept, IsOver ? LongestWaitAtTheEnd : LongestWait);
        var forgotten = TimeProvider.System.GetElapsedTime(started);
        await _footprint.MeasureAsync(_gone);
        _curves.Add(Rate, "written and deleted", "names/s", _gone, (_gone - before) / came.TotalSeconds);
        _curves.Add(Rate, "until the last one was forgotten", "names/s", _gone, (_gone - before) / forgotten.TotalSeconds);
        _session.Note($"{_gone:n0} names came and went: {_footprint.Summary(_gone)}; {(_gone - before) / came.TotalSeconds:n0}/s written and deleted, {(_gone - before) / forgotten.TotalSeconds:n0}/s until the last one was forgotten, {waited / came:P0} of the time waited for the forgetters.");
    }

    private async Task ComeAndGoAsync(int count)
    {
        var names = Enumerable.Range(1, count).Select(index => (Number: _gone + index, Name: NameOf(_gone + index))).ToList();
        await Parallel.ForEachAsync(
            names, new ParallelOptions { MaxDegreeOfParallelism = NamesAtOnce }, async (name, _) => await _life.ComeAndGoAsync(name.Name, name.Number));
        _gone += count;
    }

    /// <summary>Every other name is random.</summary>
    private string NameOf(long number) => number % 2 == 0 ? $"job-{number:0000000}" : $"{_random.NextInt64():x16}";

    private async Task WaitUntilHeldAsync(long most, TimeSpan longest)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var held = await _cluster.HeldAsync(); held > most; held = await _cluster.HeldAsync())
        {
            if (TimeProvider.System.GetElapsedTime(started) > longest)
                throw new TimeoutException($"After {longest.TotalSeconds:0} s an acceptor still holds {held:n0} names, not {most:n0}.");
            await Task.Delay(BetweenLooksAtForgetting, TimeProvider.System);
        }

        _waited += TimeProvider.System.GetElapsedTime(started);
    }

    private void Conclude(long names)
    {
        var series = _curves.ToSeries().ToList();
        series.ForEach(_session.Add);
        foreach (var each in series.Where(each => each.Plot != Rate))
            _session.Add(Growth(each, since: 0));
        if (_gone < names)
            _session.Note($"The run ended after {_gone:n0} of {names:n0} names: {(_session.CancellationToken.IsCancellationRequested ? "it was cancelled" : "its time was up")}.");
        if (_life.Failures > 0)
            _session.Note($"{_life.Failures:n0} changes failed and were made again.");
        var looks = series[0].Points.Length;
        _session.Note($"Verdict: {string.Join("; ", Enumerable.Range(0, Math.Clamp(looks - 1, 1, 2)).Select(GrownSince))}.");

        string GrownSince(int look)
        {
            var grown = series.Where(each => each.Plot != Rate).Select(each => Growth(each, look)).Where(ratio => ratio.Reached == false).Select(ratio => $"{ratio.Name} ({ratio.Value:0.00} times)").ToList();
            return $"since {series[0].Points[look].X:n0} names {(grown.Count == 0 ? "nothing grew by more than a quarter" : $"these grew by more than a quarter: {string.Join(", ", grown)}")}";
        }
    }

    /// <summary>How a figure has grown since one of the looks, or since the next one that has it.</summary>
    private static Ratio Growth(Series series, int since)
    {
        var (first, last) = (series.Points[Math.Min(since, series.Points.Length - 1)], series.Points[^1]);
        var ratio = new Ratio($"{series.Plot}, {series.Name}", $"{last.Y:#,0.##} {series.YLabel}", $"{first.Y:#,0.##} {series.YLabel}", [last.Y / first.Y], $"at most {MayGrowBy}");
        return ratio with { Reached = ratio.Value <= MayGrowBy };
    }
}
