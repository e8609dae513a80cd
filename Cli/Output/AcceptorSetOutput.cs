using System.Globalization;
using System.Text.Json;
using Orleans.Paxos.Cli.Http;
using Spectre.Console;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Prints the acceptor set and how far its change is.</summary>
internal static class AcceptorSetOutput
{
    private static readonly string Voting = AcceptorStanding.Voting.ToWord();

    /// <summary>Prints each acceptor.</summary>
    public static async Task WriteAcceptorsAsync(CliConsole console, AcceptorSetReport report, bool json)
    {
        if (json)
            await WriteJsonAsync(console, report);
        else if (console.Traits.OutputIsTerminal)
            WriteTable(console.Tables(), report);
        else
            await WriteLinesAsync(console.Out, report);
    }

    /// <summary>Prints the set and the step of its change.</summary>
    public static async Task WriteStatusAsync(CliConsole console, AcceptorSetReport report, bool json)
    {
        if (json)
        {
            await WriteJsonAsync(console, report);
            return;
        }

        var former = report.Former.IsEmpty ? "" : $"{Names(report.Former)} to ";
        await console.Out.WriteLineAsync($"epoch {report.Epoch}: {former}{Names(report.Members)}");
        if (report.IsChanging)
            await console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{report.Step}: {report.Swept} registers carried over, {report.RegistersPerSecond:0} a second{(report.CanBeCancelled ? "" : "; it cannot be cancelled any more")}"));
        else
            await console.Out.WriteLineAsync("no change is under way");
        if (report.WaitsFor.Length > 0)
            await console.Out.WriteLineAsync($"waits: {report.WaitsFor}");
    }

    private static string Names(ImmutableArray<AcceptorSetReport.Member> members) => string.Join(", ", members.Select(static member => member.Name));

    private static Task WriteJsonAsync(CliConsole console, AcceptorSetReport report) =>
        console.Out.WriteLineAsync(JsonSerializer.Serialize(report, WireJson.Relaxed.AcceptorSetReport));

    private static async Task WriteLinesAsync(TextWriter writer, AcceptorSetReport report)
    {
        foreach (var acceptor in report.Acceptors)
            await writer.WriteLineAsync(string.Join('\t', acceptor.Name, acceptor.Standing, acceptor.Epoch, acceptor.Storage, acceptor.Registers));
    }

    private static void WriteTable(IAnsiConsole console, AcceptorSetReport report)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("acceptor", "standing", "epoch", "storage");
        table.AddColumn(new TableColumn("registers").RightAligned());
        foreach (var acceptor in report.Acceptors)
        {
            table.AddRow(
                new Text(acceptor.Name),
                new Text(acceptor.Standing, acceptor.Standing == Voting ? Color.Green : Color.Red),
                new Text(acceptor.Epoch.ToString(CultureInfo.InvariantCulture)),
                new Text(acceptor.Storage),
                new Text(acceptor.Registers.ToString(CultureInfo.InvariantCulture)));
        }

        console.Write(table);
        foreach (var acceptor in report.Acceptors.Where(static acceptor => acceptor.Detail.Length > 0))
            console.WriteLine($"{acceptor.Name}: {acceptor.Detail}");
    }
}
