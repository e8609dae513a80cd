namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>The colours of targets and lines. The style sheet defines them for light and dark mode. Colour is never the only way to tell them apart.</summary>
internal static class Palette
{
    private const int Colors = 6;

    public static string Class(int index) => $"color-{index % Colors}";
}
