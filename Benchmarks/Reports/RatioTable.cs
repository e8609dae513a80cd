using System.Globalization;
using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Benchmarks.Reports;

/// <summary>Formats ratios as plain text.</summary>
internal static class RatioTable
{
    private const int Width = 11;

    /// <summary>Gets the header line.</summary>
    public static string Header => $"{"ratio",Width}{"lowest",Width}{"highest",Width}  {"goal",-16}{"",-13}what";

    /// <summary>Formats the line of a ratio.</summary>
    public static string Row(Ratio ratio) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ratio.Value,Width:0.00}{ratio.Lowest,Width:0.00}{ratio.Highest,Width:0.00}  {ratio.Goal,-16}{Verdict(ratio),-13}{ratio.Name} ({ratio.Of} / {ratio.To})");

    private static string Verdict(Ratio ratio) => ratio.Reached switch
    {
        true => "reached",
        false => "NOT REACHED",
        null => "",
    };
}
