using System.Text.Json;
using Orleans.Paxos.Cli.Http;
using Spectre.Console;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Prints the cluster's status.</summary>
internal static class StatusOutput
{
    private static readonly string Voting = AcceptorStanding.Voting.ToWord();

    public static async Task WriteAsync(CliConsole console, StatusReport report, bool json)
    {
        if (json)
            await console.Out.WriteLineAsync(JsonSerializer.Serialize(report, WireJson.Relaxed.StatusReport));
        else if (console.Traits.OutputIsTerminal)
            WriteTable(console.Tables(), report);
        else
            await WriteLinesAsync(console.Out, report);
    }

    private static async Task WriteLinesAsync(TextWriter writer, StatusReport report)
    {
        foreach (var acceptor in report.Acceptors)
            await writer.WriteLineAsync(string.Join('\t', acceptor.Name, acceptor.Standing, acceptor.Silo, acceptor.Storage, acceptor.Registers));
    }

    private static void WriteTable(IAnsiConsole console, StatusReport report)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("acceptor", "standing", "silo", "storage");
        table.AddColumn(new TableColumn("registers").RightAligned());
        foreach (var acceptor in report.Acceptors)
        {
            table.AddRow(
                new Text(acceptor.Name),
                new Text(acceptor.Standing, acceptor.Standing == Voting ? Color.Green : Color.Red),
                new Text(acceptor.Silo),
                new Text(acceptor.Storage),
                new Text(acceptor.Registers.ToString()));
        }

        console.Write(table);
        console.WriteLine(Summary(report));
        foreach (var acceptor in report.Acceptors.Where(acceptor => acceptor.Detail.Length > 0))
            console.WriteLine($"{acceptor.Name}: {acceptor.Detail}");
        foreach (var acceptor in report.Acceptors.Where(acceptor => acceptor.ForgettingWaitsFor.Length > 0))
            console.WriteLine($"{acceptor.Name}, deleted registers: {acceptor.ForgettingWaitsFor}");
        foreach (var acceptor in report.Acceptors.Where(acceptor => acceptor.Behind > 0))
            console.WriteLine($"{acceptor.Name} has missed writes, perhaps since {acceptor.MissedSince:u}, and catches up; {acceptor.Behind} registers are known to be behind.");
    }

    private static string Summary(StatusReport report)
    {
        var voting = report.Acceptors.Count(acceptor => acceptor.Standing == Voting);
        var meaning = voting >= report.Majority ? "reads and writes go on" : "no majority: reads and writes wait for more acceptors";
        return $"{voting} of {report.Acceptors.Length} acceptors vote, {report.Majority} are a majority: {meaning}. "
            + $"Epoch {report.Epoch}, answered by {report.Silo}.";
    }
}
