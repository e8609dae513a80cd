using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Prints entries as a table on a terminal and as lines in a pipe.</summary>
internal static class EntryTable
{
    private static readonly string[] Headers = ["version", "value", "at", "request"];
    private const int ValueColumn = 1;

    /// <summary>Below this width of the terminal the request ids would leave too little room for the values.</summary>
    private const int WidthForRequests = 120;

    private const int LeastValueWidth = 10;
    private const int BorderWidth = 1;
    private const int PaddingWidth = 2;

    public static async Task WriteAsync(CliConsole console, IReadOnlyList<RegisterEntry> entries)
    {
        if (console.Traits.OutputIsTerminal)
            console.Tables().Write(Table(entries, console.Traits.Width));
        else
        {
            foreach (var entry in entries)
                await console.Out.WriteLineAsync(EntryOutput.Row(entry));
        }
    }

    /// <summary>A row is one line: a value that is too long for it is cut.</summary>
    private static Table Table(IReadOnlyList<RegisterEntry> entries, int width)
    {
        var columns = width >= WidthForRequests ? Headers.Length : Headers.Length - 1;
        string[][] rows = [.. entries.Select(entry => (string[])[$"{entry.Version}", TextValue.OneLine(entry), EntryOutput.Time(entry), $"{entry.RequestId}"])];
        var others = Enumerable.Range(0, columns).Where(column => column != ValueColumn).Sum(column => rows.Append(Headers).Max(row => row[column].Length));
        var room = width - others - (columns * (BorderWidth + PaddingWidth)) - BorderWidth;

        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns([.. Headers.Take(columns).Select(header => new TableColumn(header).NoWrap())]);
        table.Columns[0].RightAligned();
        foreach (var row in rows)
        {
            row[ValueColumn] = Cut(row[ValueColumn], Math.Max(room, LeastValueWidth));
            table.AddRow(row.Take(columns).Select(cell => new Text(cell)));
        }

        return table;
    }

    private static string Cut(string text, int width)
    {
        var segment = new Segment(text);
        return segment.CellCount() <= width ? text : $"{Segment.Truncate(segment, width - 1)!.Text}…";
    }
}
