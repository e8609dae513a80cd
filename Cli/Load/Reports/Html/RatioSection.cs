namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>Writes the table of ratios.</summary>
internal static class RatioSection
{
    public static HtmlText Of(ImmutableArray<Ratio> ratios) => ratios.IsEmpty
        ? HtmlText.Empty
        : HtmlText.Of($"""
            <section>
            <h2>Ratios</h2>
            <div class="wide">
            <table>
            <caption>Each is taken within one run. Of several rounds it is the median, with the lowest and the highest beside it.</caption>
            <thead><tr><th scope="col">ratio</th><th scope="col">of</th><th scope="col">to</th><th scope="col" class="number">value (×)</th>
            <th scope="col" class="number">lowest</th><th scope="col" class="number">highest</th><th scope="col" class="number">rounds</th><th scope="col">goal</th></tr></thead>
            <tbody>
            {ratios.Select(Row)}
            </tbody>
            </table>
            </div>
            </section>
            """);

    private static HtmlText Row(Ratio ratio) => HtmlText.Of($"""
        <tr><th scope="row">{ratio.Name}</th><td>{ratio.Of}</td><td>{ratio.To}</td><td class="number">{Figures.Ratio(ratio.Value)}</td>
        <td class="number">{Figures.Ratio(ratio.Lowest)}</td><td class="number">{Figures.Ratio(ratio.Highest)}</td><td class="number">{ratio.Rounds.Length}</td><td>{Goal(ratio)}</td></tr>

        """);

    private static string Goal(Ratio ratio) => (ratio.Goal, ratio.Reached) switch
    {
        (null, _) => "",
        (var goal, true) => $"✓ {goal}: reached",
        (var goal, false) => $"✗ {goal}: not reached",
        (var goal, null) => goal,
    };
}
