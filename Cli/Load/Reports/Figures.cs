using System.Globalization;

namespace Orleans.Paxos.Cli.Load.Reports;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    /// <summary>A number without decimals, its thousands apart.</summary>
    public static string Whole(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Milliseconds, exact to ten microseconds.</summary>
    public static string Milliseconds(double milliseconds) => milliseconds.ToString("#,0.00", CultureInfo.InvariantCulture);

    /// <summary>A ratio.</summary>
    public static string Ratio(double ratio) => ratio.ToString("#,0.00", CultureInfo.InvariantCulture);

    /// <summary>A number of a plot, with as many decimals as it needs, three at most.</summary>
    public static string Plain(double number) => number.ToString("#,0.###", CultureInfo.InvariantCulture);
}
