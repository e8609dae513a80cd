using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>The command <c>chaos-locks</c>.</summary>
internal static class LockChaosCommand
{
    private const int Good = 0;
    private const int Violated = 1;
    private const int CouldNotRun = 3;

    private static readonly string Details = $"""
        It starts {SiloCluster.Names.Length} silo processes on this machine, and holders that run 'paxos lock' again and again. It kills and pauses holders
        with their commands, as if their machines died or stood still, and kills, pauses and restarts silos, one at a time. Each command
        writes into the diary of its lock while it runs; then its token is written to a register under its fence. Nobody may hold a
        lock while another does, tokens must rise, and each lock must be acquired after the last fault.
        Ctrl-C ends the run early and judges what was recorded. The report, the faults of the holders and the diaries go to --out.

        Exit codes: 0 nothing is wrong; 1 a rule was broken, or --control was not caught; 2 wrong options; 3 the run did not get to
        a verdict.
        """;

    public static Command Create()
    {
        var seconds = NumberOption.Create("--seconds", "How long holders take locks", 60, LockChaosOptions.LeastSeconds, LockChaosOptions.MostSeconds);
        var seed = NumberOption.CreateOptional("--seed", "The seed of the random faults and locks [default: taken from the clock]", 0, int.MaxValue);
        var holders = NumberOption.Create("--holders", "How many holders there are at a time", 6, 1, LockChaosOptions.MostHolders);
        var locks = NumberOption.Create("--locks", "How many locks they share", 2, 1, LockChaosOptions.MostLocks);
        var control = new Option<bool>("--control") { Description = "Pause 'paxos lock' alone and let its command go on, which must be caught" };
        var output = new Option<string>("--out") { Description = "The folder of the report", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("artifacts", "chaos-locks") };
        var command = new DocumentedCommand(
            "chaos-locks",
            "Kills and pauses holders of locks and silo processes, and checks that nobody holds a lock while another does",
            Details,
            $"{Tool.CommandPrefix} chaos-locks",
            $"{Tool.CommandPrefix} chaos-locks --seconds 600 --holders 12 --locks 3",
            $"{Tool.CommandPrefix} chaos-locks --control")
        {
            seconds, seed, holders, locks, control, output,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(
            new LockChaosOptions(
                parse.GetValue(seconds), parse.GetValue(seed) ?? ChaosCommand.SeedByClock(), parse.GetValue(holders), parse.GetValue(locks), parse.GetValue(control), parse.GetRequiredValue(output)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(LockChaosOptions options, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(options.Output);
            var progress = ProgressLine.OnStandardError();
            var result = await LockChaosRun.ExecuteAsync(options, TimeProvider.System, now => progress.Show(now.Elapsed, now.ToString()), cancellationToken);
            progress.End();
            var report = LockChaosReport.Write(result, Tool.Commit);
            await File.WriteAllTextAsync(Path.Combine(options.Output, "report.txt"), report, CancellationToken.None);
            foreach (var history in result.Histories)
                await File.WriteAllLinesAsync(Path.Combine(options.Output, $"{history.Lock}.diary"), history.Diary.Select(line => $"{line}"), CancellationToken.None);
            await File.WriteAllLinesAsync(Path.Combine(options.Output, "faults.txt"), result.HolderFaults.Select(fault => $"{fault}"), CancellationToken.None);
            await Console.Out.WriteLineAsync($"{report}\nreport.txt, faults.txt and the diaries are in {Path.GetFullPath(options.Output)}.");
            return result.Violations.IsEmpty == !options.IsControl ? Good : Violated;
        }
        catch (Exception exception)
        {
            var isExpected = exception is IOException or UnauthorizedAccessException or InvalidOperationException or TimeoutException;
            await Console.Error.WriteLineAsync($"error: The run did not get to a verdict: {(isExpected ? exception.Message : exception)}");
            return CouldNotRun;
        }
    }
}
