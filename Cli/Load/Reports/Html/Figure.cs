namespace Orleans.Paxos.Load;

/// <summary>A drawing with what a screen reader says of it.</summary>
internal static class Figure
{
    public static Markup Of(string id, string title, string description, double width, double height, IEnumerable<Markup> drawing) => Markup.Of($"""
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
