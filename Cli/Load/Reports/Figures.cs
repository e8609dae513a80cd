using System.Globalization;

namespace Orleans.Paxos.Cli.Load.Reports;

/// <summary>Formats numbers for display.</summary>
internal static class Figures
{
    /// <summary>Formats a number without decimals and with separators between thousands.</summary>
    public static string Whole(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Formats milliseconds with two decimals.</summary>
    public static string Milliseconds(double milliseconds) => milliseconds.ToString("#,0.00", CultureInfo.InvariantCulture);

    /// <summary>Formats a ratio with two decimals.</summary>
    public static string Ratio(double ratio) => ratio.ToString("#,0.00", CultureInfo.InvariantCulture);

    /// <summary>Formats a number of a plot with as many decimals as it needs, at most three.</summary>
    public static string Plain(double number) => number.ToString("#,0.###", CultureInfo.InvariantCulture);
}
