using Spectre.Console;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Registers with their values: as a table on a terminal, as lines in a pipe.</summary>
internal static class NamedEntryOutput
{
    public static async Task WriteAsync(CliConsole console, IReadOnlyList<NamedEntry> entries)
    {
        if (!console.Traits.OutputIsTerminal)
        {
            foreach (var (name, entry) in entries)
                await console.Out.WriteLineAsync(string.Join('\t', name, entry.Version, TextValue.OneLine(entry)));
            return;
        }

        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("name");
        table.AddColumn(new TableColumn("version").RightAligned());
        table.AddColumn("value");
        foreach (var (name, entry) in entries)
            table.AddRow(new Text(name), new Text(entry.Version.ToString()), new Text(TextValue.OneLine(entry)));
        console.Tables().Write(table);
    }
}
