namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>Writes a drawing with a description for screen readers.</summary>
internal static class Figure
{
    public static HtmlText Of(string id, string title, string description, double width, double height, IEnumerable<HtmlText> drawing) => HtmlText.Of($"""
        <figure>
        <figcaption>{title}</figcaption>
        <div class="wide">
        <svg role="img" aria-labelledby="{id}-title {id}-description" viewBox="0 0 {width} {height}" width="{width}" height="{height}">
        <title id="{id}-title">{title}</title>
        <desc id="{id}-description">{description}</desc>
        {drawing}</svg>
        </div>
        </figure>

        """);
}
