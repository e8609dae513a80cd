using System.CommandLine;
using Orleans.Paxos.Benchmarks.Comparisons;
using Orleans.Paxos.Benchmarks.Growth;
using Orleans.Paxos.Benchmarks.Locks;
using Orleans.Paxos.Benchmarks.Names;
using Orleans.Paxos.Benchmarks.Reports;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Benchmarks.Settings;
using Orleans.Paxos.Cli.CommandLine;

namespace Orleans.Paxos.Benchmarks;

/// <summary>Runs the program from its arguments to its exit code.</summary>
internal static class BenchProgram
{
    public const int Good = 0;
    public const int CouldNotRun = 3;

    /// <summary>The text before the options.</summary>
    public const string CommandPrefix = "dotnet run --project Benchmarks -c Release --";

    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(1);

    /// <summary>Runs the benchmarks and writes the report.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Receives the results.</param>
    /// <param name="errors">Receives the errors, one line each.</param>
    /// <param name="live">Shows the progress.</param>
    /// <returns>The exit code: 0 measured, whether or not the goals are reached; 2 invalid options; 3 the run did not complete.</returns>
    public static Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, LiveLine live)
    {
        var command = new BenchmarksCommandLine(TimeProvider.System);
        command.Root.SetAction((parse, cancellationToken) => MeasureAsync(command.Read(parse), output, errors, live, cancellationToken));
        return ToolCommandLine.RunAsync(command.Root, arguments, new InvocationConfiguration { ProcessTerminationTimeout = TimeToStop, Output = output, Error = errors });
    }

    private static async Task<int> MeasureAsync(BenchOptions options, TextWriter output, TextWriter errors, LiveLine live, CancellationToken cancellationToken)
    {
        var session = new Session(options, output, live, cancellationToken);
        try
        {
            Directory.CreateDirectory(options.Output);
            await RunAsync(session);
        }
        catch (Exception exception)
        {
            live.Clear();
            await errors.WriteLineAsync($"error: The run did not get to its end: {(IsExpected(exception) ? exception.Message : exception)}");
            if (session.Measurements.Count == 0)
                return CouldNotRun;
            session.Note($"The run did not get to its end ({exception.GetType().Name}); this is what was measured until then.");
            await ReportWriter.WriteAsync(session, output);
            return CouldNotRun;
        }

        live.Clear();
        await ReportWriter.WriteAsync(session, output);
        return Good;
    }

    /// <summary>Whether the message of an exception is enough to explain it.</summary>
    private static bool IsExpected(Exception exception) => exception
        is IOException or UnauthorizedAccessException or InvalidOperationException or TimeoutException
        or OperationCanceledException or HttpRequestException or QuorumUnavailableException or OutcomeUnknownException;

    private static async Task RunAsync(Session session)
    {
        if (session.Options.Names is { } names)
        {
            await NamesRun.RunAsync(session, names);
        }
        else if (session.Options.Locks is { } waiters)
        {
            await LocksRun.RunAsync(session, waiters);
        }
        else if (session.Options.Sessions is { } atOnce)
        {
            await SessionsAtOnce.RunAsync(session, atOnce);
        }
        else if (session.Options.Churn is { } churn)
        {
            await SessionChurn.RunAsync(session, churn);
        }
        else if (!session.Options.Growth.IsEmpty)
        {
            await GrowthRun.RunAsync(session);
        }
        else if (session.Options.Processes is { } processes)
        {
            await ProcessComparison.RunAsync(session, processes);
        }
        else
        {
            await InProcessComparison.RunAsync(session);
            await HttpComparison.RunAsync(session);
        }
    }
}
