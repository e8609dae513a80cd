using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Verification.Chaos.Processes;
using Orleans.Paxos.Verification.Chaos.Reports;

namespace Orleans.Paxos.Verification.Chaos;

/// <summary>The command <c>chaos</c>.</summary>
internal static class ChaosCommand
{
    private const int Good = 0;
    private const int Violated = 1;
    private const int CouldNotRun = 3;

    private static readonly string Details = $"""
        It starts {SiloCluster.Names.Length} silo processes on this machine and puts them under load. It kills, pauses and restarts them, heals them, and then
        checks every answer: registers must be linearizable, and must take writes again after the last fault.
        With --changes, a spare silo runs too, and an operator adds and removes acceptors and replaces some whose disk was wiped; the last change
        must come to its end.
        Ctrl-C ends the run early and judges what was recorded. The report, a timeline and the history go to --out.

        Exit codes: 0 nothing is wrong; 1 an answer was wrong, or a register took no write or a change did not end after the last fault;
        2 wrong options; 3 the run did not get to a verdict.
        """;

    public static Command Create()
    {
        var minutes = NumberOption.Create("--minutes", "How long clients work", 1, ChaosOptions.LeastMinutes, ChaosOptions.MostMinutes);
        var seed = NumberOption.CreateOptional("--seed", "The seed of the random faults and calls [default: taken from the clock]", 0, int.MaxValue);
        var clients = NumberOption.Create("--clients", "How many clients call at the same time", 32, ChaosOptions.LeastClients, ChaosOptions.MostClients);
        var registers = NumberOption.Create("--registers", "How many registers they share", 4, 1, ChaosOptions.MostRegisters);
        var changes = new Option<bool>("--changes") { Description = "Also change the acceptor set, and replace acceptors that lose their disk" };
        var output = new Option<string>("--out") { Description = "The folder of the report", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("artifacts", "chaos") };
        var command = new DocumentedCommand(
            "chaos",
            "Kills, pauses and restarts real silo processes under load, and checks the answers to their clients",
            Details,
            $"{Tool.CommandPrefix} chaos",
            $"{Tool.CommandPrefix} chaos --minutes 30 --clients 64",
            $"{Tool.CommandPrefix} chaos --minutes 5 --changes")
        {
            minutes, seed, clients, registers, changes, output,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(
            new ChaosOptions(
                parse.GetValue(minutes), parse.GetValue(seed) ?? SeedByClock(), parse.GetValue(clients), parse.GetValue(registers), parse.GetValue(changes), parse.GetRequiredValue(output)),
            cancellationToken));
        return command;
    }

    public static int SeedByClock() => (int)(TimeProvider.System.GetUtcNow().Ticks % 1_000_000);

    private static async Task<int> RunAsync(ChaosOptions options, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(options.Output);
            var progress = ProgressLine.OnStandardError();
            var result = await ChaosRun.ExecuteAsync(options, TimeProvider.System, now => progress.Show(now.Elapsed, now.ToString()), cancellationToken);
            progress.End();
            var report = ChaosReport.Write(result, Tool.Commit);
            await File.WriteAllTextAsync(Path.Combine(options.Output, "report.txt"), report, CancellationToken.None);
            await File.WriteAllTextAsync(Path.Combine(options.Output, "timeline.svg"), Timeline.Draw(result), CancellationToken.None);
            HistoryFile.Write(Path.Combine(options.Output, "history.jsonl"), result.Calls.Select(call => call.Operation));
            await Console.Out.WriteLineAsync($"{report}\nreport.txt, timeline.svg and history.jsonl are in {Path.GetFullPath(options.Output)}.");
            return result.IsGood ? Good : Violated;
        }
        catch (Exception exception)
        {
            var isExpected = exception is IOException or UnauthorizedAccessException or InvalidOperationException or TimeoutException;
            await Console.Error.WriteLineAsync($"error: The run did not get to a verdict: {(isExpected ? exception.Message : exception)}");
            return CouldNotRun;
        }
    }
}
