using System.Text.Json;
using Orleans.Paxos.Cli.Http;
using Spectre.Console;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Prints sessions.</summary>
internal static class SessionOutput
{
    public static async Task WriteAsync(CliConsole console, IReadOnlyList<SessionInfo> sessions, bool json)
    {
        if (json)
            await console.Out.WriteLineAsync(JsonSerializer.Serialize([.. sessions.Select(SessionMessage.From)], WireJson.Relaxed.SessionMessageArray));
        else if (console.Traits.OutputIsTerminal)
            WriteTable(console.Tables(), sessions);
        else
        {
            foreach (var session in sessions)
                await console.Out.WriteLineAsync(string.Join('\t', Cells(session)));
        }
    }

    private static void WriteTable(IAnsiConsole console, IReadOnlyList<SessionInfo> sessions)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("session", "owner", "ttl", "renewed", "locks", "registers");
        foreach (var session in sessions)
            table.AddRow(Cells(session).Select(cell => new Text(cell)));
        console.Write(table);
    }

    private static string[] Cells(SessionInfo session) =>
    [
        $"{session.Id}",
        TextValue.OneLine(session.Owner) + (session.IsEnding ? " (ending)" : ""),
        FormattableString.Invariant($"{session.TimeToLive.TotalSeconds:0.###}"),
        session.Renewed.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
        string.Join(',', session.Locks),
        string.Join(',', session.Registers),
    ];
}
