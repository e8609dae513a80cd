using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Growth;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Storage.Sqlite;
using static System.FormattableString;

namespace Orleans.Paxos.Benchmarks.Locks;

/// <summary>
/// Opens and closes sessions, each another one, on three silos in this process, and measures ten times what they leave: memory, disk and records. Every
/// tenth session holds a lock and has a register. A look waits until what ended is forgotten, so that nothing is under way.
/// </summary>
internal sealed class SessionChurn(Session run, InProcessCluster cluster, TemporaryFolder folder)
{
    private const int Looks = 10;
    private const int SharedNames = 100;
    private const double MayGrowBy = 1.25;
    private const double BytesInMebibyte = 1024 * 1024;

    /// <summary>Small enough for the first look to find it full.</summary>
    private const int CacheBytes = 8 * 1024 * 1024;

    private static readonly SessionOptions Usual = new() { Owner = "benchmark" };
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(100);

    private readonly Curves _curves = new("sessions that came and went", logX: false);
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private long _gone;

    private bool IsOver => run.Options.LongestSeconds is { } seconds && TimeProvider.System.GetElapsedTime(_startedAt).TotalSeconds > seconds;

    /// <summary>Runs until all sessions came and went, or the time is up.</summary>
    /// <param name="run">The run.</param>
    /// <param name="sessions">How many sessions.</param>
    public static async Task RunAsync(Session run, long sessions)
    {
        using var folder = new TemporaryFolder();
        await using var cluster = await InProcessCluster.StartForgetfulAsync(folder, TimeSpan.FromSeconds(1), CacheBytes);
        await new SessionChurn(run, cluster, folder).RunAsync(sessions);
    }

    private async Task RunAsync(long sessions)
    {
        for (var look = 1; look <= Looks && !IsOver; look++)
            await MeasureAfterAsync(sessions * look / Looks);
        var series = _curves.ToSeries().ToList();
        series.ForEach(run.Add);
        foreach (var each in series.Where(static each => each.Plot != "Rate"))
            run.Add(Growth(each));
        if (_gone < sessions)
            run.Note(Invariant($"The run ended after {_gone:n0} of {sessions:n0} sessions: its time was up."));
    }

    private async Task MeasureAfterAsync(long through)
    {
        var (before, began) = (_gone, TimeProvider.System.GetTimestamp());
        await Parallel.ForEachAsync(
            Numbers(through), new ParallelOptions { MaxDegreeOfParallelism = ManySessions.SideBySide, CancellationToken = run.CancellationToken }, ComeAndGoAsync);
        var rate = (_gone - before) / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var held = await ForgottenAsync();
        _curves.Add("Rate", "opened and closed", "sessions/s", _gone, rate);
        _curves.Add("Registers of the largest acceptor", "with a value, or not forgotten", "registers", _gone, held);
        _curves.Add("Records of the largest acceptor", "registers and watermarks", "records", _gone, Records());
        _curves.Add("Disk", "all files, three acceptors", "MiB", _gone, folder.Bytes() / BytesInMebibyte);
        _curves.Add("Memory", "managed, after a collection", "MiB", _gone, SiloMemory.Bytes() / BytesInMebibyte);
        _curves.Add("Memory", "working set", "MiB", _gone, Environment.WorkingSet / BytesInMebibyte);
        run.Note($"{Invariant($"{_gone:n0} sessions")}: {string.Join(", ", _curves.ToSeries().Select(each => Invariant($"{each.Name} {each.Points[^1].Y:n1} {each.YLabel}")))}");
    }

    private IEnumerable<long> Numbers(long through)
    {
        for (var number = _gone + 1; number <= through && !IsOver; number++)
            yield return number;
    }

    private async ValueTask ComeAndGoAsync(long number, CancellationToken cancellationToken)
    {
        await using (var session = await cluster.Coordination.OpenSessionAsync(Usual, cancellationToken))
        {
            if (number % 10 == 0)
            {
                await session.SetAsync($"instances/{number / 10 % SharedNames}", number, cancellationToken);
                await cluster.Coordination.Lock($"churn/{number / 10 % SharedNames}").AcquireAsync(new AcquireOptions { Session = session }, cancellationToken);
            }
        }

        Interlocked.Increment(ref _gone);
    }

    /// <summary>Waits until no register is left, but not for ever.</summary>
    /// <returns>How many registers the largest acceptor holds.</returns>
    private async Task<long> ForgottenAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var held = (await cluster.Registers.StatusAsync(run.CancellationToken)).Acceptors.Max(static acceptor => acceptor.Registers);
            if (held <= 0 || TimeProvider.System.GetElapsedTime(began) > LongestWait)
                return held;
            await Task.Delay(BetweenQuestions, TimeProvider.System, run.CancellationToken);
        }
    }

    private long Records() => Directory.EnumerateDirectories(folder.Path).Where(static directory => File.Exists(SqliteFile.PathIn(directory))).Max(Records);

    private static long Records(string directory)
    {
        using var connection = SqliteFile.OpenReader(SqliteFile.PathIn(directory));
        return (long)connection.Query("SELECT count(*) FROM records")!;
    }

    /// <summary>How a figure has grown since the first tenth of the sessions.</summary>
    private static Ratio Growth(Series series)
    {
        var (first, last) = (series.Points[0], series.Points[^1]);
        var ratio = new Ratio($"{series.Plot}, {series.Name}", $"{last.Y:#,0.##} {series.YLabel}", $"{first.Y:#,0.##} {series.YLabel}", [first.Y > 0 ? last.Y / first.Y : 1 + last.Y], $"at most {MayGrowBy}");
        return ratio with { Reached = ratio.Value <= MayGrowBy };
    }
}
