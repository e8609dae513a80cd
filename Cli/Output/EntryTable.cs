using Spectre.Console;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Prints entries as a table on a terminal and as lines in a pipe.</summary>
internal static class EntryTable
{
    public static async Task WriteAsync(CliConsole console, IReadOnlyList<RegisterEntry> entries)
    {
        if (!console.Traits.OutputIsTerminal)
        {
            foreach (var entry in entries)
                await console.Out.WriteLineAsync(EntryOutput.Row(entry));
            return;
        }

        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn("version").RightAligned());
        table.AddColumns("value", "at", "request");
        foreach (var entry in entries)
        {
            table.AddRow(
                new Text(entry.Version.ToString()),
                new Text(TextValue.OneLine(entry)),
                new Text(EntryOutput.Time(entry)),
                new Text(entry.RequestId.ToString()));
        }

        console.Tables().Write(table);
    }
}
