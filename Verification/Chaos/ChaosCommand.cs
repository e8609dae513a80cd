using System.CommandLine;
using System.Globalization;
using Orleans.Paxos.Verification.Chaos.Reports;

namespace Orleans.Paxos.Verification.Chaos;

/// <summary>The command <c>chaos</c>.</summary>
internal static class ChaosCommand
{
    private const int Good = 0;
    private const int Violated = 1;
    private const int CouldNotRun = 3;

    public static Command Create()
    {
        var minutes = Option("--minutes", "How long clients work", 1, ChaosOptions.LeastMinutes, ChaosOptions.MostMinutes);
        var seed = Option("--seed", "What to draw faults and calls from; by the clock when not given", (int)(TimeProvider.System.GetUtcNow().Ticks % 1_000_000), 0, int.MaxValue);
        var clients = Option("--clients", "How many clients call at the same time", 32, ChaosOptions.LeastClients, ChaosOptions.MostClients);
        var registers = Option("--registers", "How many registers they share", 4, 1, ChaosOptions.MostRegisters);
        var output = new Option<string>("--out") { Description = "Where the report goes", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("artifacts", "chaos") };
        var commit = ToolOptions.Commit();
        var command = new Command("chaos", "Kills, pauses and restarts real silo processes under load, and checks what their clients were told.") { minutes, seed, clients, registers, output, commit };
        command.SetAction((parse, cancellationToken) => RunAsync(
            new ChaosOptions(parse.GetValue(minutes), parse.GetValue(seed), parse.GetValue(clients), parse.GetValue(registers), parse.GetRequiredValue(output)),
            parse.GetRequiredValue(commit),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ChaosOptions options, string commit, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(options.Output);
            var progress = new ProgressLine(Console.Error, isTerminal: !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "");
            var result = await ChaosRun.ExecuteAsync(options, TimeProvider.System, progress.Show, cancellationToken);
            progress.End();
            var report = ChaosReport.Write(result, commit);
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

    private static Option<T> Option<T>(string name, string what, T usual, T least, T most)
        where T : struct, IComparable<T>, IParsable<T>
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
        return new Option<T>(name)
        {
            Description = $"{what} ({range})",
            HelpName = "N",
            DefaultValueFactory = _ => usual,
            CustomParser = result => ToolOptions.Read<T?>(
                result,
                text => T.TryParse(text, CultureInfo.InvariantCulture, out var value) && value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0 ? value : null,
                $"{name} takes a number from {range}") ?? usual,
        };
    }
}
