namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>The colours of targets and lines, which the style sheet has for light and dark. None is told by its colour alone.</summary>
internal static class Palette
{
    private const int Colors = 6;

    public static string Class(int index) => $"color-{index % Colors}";
}
