using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Orleans.Paxos.Verification.Chaos.Calls;
using Orleans.Paxos.Verification.Chaos.Processes;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos.Reports;

/// <summary>Draws a run: a dot for each operation, and a lane for each silo with its faults.</summary>
internal static class Timeline
{
    private const int Top = 64;
    private const int LaneHeight = 18;
    private const int LongestLabel = 46;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws the timeline.</summary>
    /// <param name="result">The run.</param>
    public static string Draw(ChaosResult result)
    {
        var calls = result.Calls.Where(call => call.Operation.Kind != OperationKind.Watch).ToList();
        var top = Top + (result.Options.Silos.Length * LaneHeight) + 8;
        var bottom = top + TimelineScale.Height;
        var scale = new TimelineScale(result.From, result.Until, calls.Select(call => call.Latency).DefaultIfEmpty().Max(), top);
        var svg = new XElement(Svg + "svg", new XAttribute("viewBox", $"0 0 1200 {bottom + 36}"), new XAttribute("role", "img"), new XAttribute("font-family", "system-ui, sans-serif"), new XAttribute("font-size", 12));
        svg.Add(new XElement(Svg + "title", "Latency of each operation over time, and what was done to the silo processes"));
        svg.Add(new XElement(Svg + "style", TimelineStyle.Css));
        svg.Add(Rectangle(0, 0, 1200, bottom + 36, "paper"));
        svg.Add(Text(TimelineScale.Left, 24, "title", new ChaosHeadline(result).ToString()));
        svg.Add(Legend());
        svg.Add(result.Options.Silos.Select((silo, lane) => Text(TimelineScale.Left - 8, Top + (lane * LaneHeight) + 12, "axis end", silo)));
        svg.Add(Axes(scale, top, bottom));
        svg.Add(result.Faults.OrderBy(fault => fault.From).SelectMany(fault => Band(fault, result, scale, top)));
        svg.Add(Enum.GetValues<CallOutcome>().Select(outcome => Dots(outcome, calls.Where(call => call.Outcome == outcome), scale)));
        return svg.ToString(SaveOptions.DisableFormatting);
    }

    private static IEnumerable<XElement> Legend()
    {
        string[] names = [.. Enum.GetNames<CallOutcome>(), .. Enum.GetNames<ProcessFaultKind>()];
        for (var index = 0; index < names.Length; index++)
        {
            var (x, name) = (TimelineScale.Left + (110 * index), names[index].ToLowerInvariant());
            yield return Rectangle(x, 37, 10, 10, $"key {name}");
            yield return Text(x + 15, 46, "axis", name);
        }
    }

    private static IEnumerable<XElement> Axes(TimelineScale scale, int top, int bottom) =>
        scale.Latencies().SelectMany(line => new[] { Line(TimelineScale.Left, line.Y, TimelineScale.Left + TimelineScale.Width, line.Y), Text(TimelineScale.Left - 8, line.Y + 4, "axis end", line.Text) })
            .Concat(scale.Times().SelectMany(line => new[] { Line(line.X, top, line.X, bottom), Text(line.X, bottom + 18, "axis middle", line.Text) }));

    /// <summary>Draws a fault as a labelled bar in the silo's lane, and shades the background of the dots.</summary>
    private static IEnumerable<XElement> Band(ProcessFault fault, ChaosResult result, TimelineScale scale, int top)
    {
        var kind = fault.Kind.ToString().ToLowerInvariant();
        var (x, width) = (scale.X(fault.From), Math.Max(2, scale.X(fault.Until) - scale.X(fault.From)));
        var y = Top + (result.Options.Silos.IndexOf(fault.Silo) * LaneHeight);
        var bar = Rectangle(x, y, width, LaneHeight - 3, $"bar {kind}");
        bar.Add(new XElement(Svg + "title", string.Create(CultureInfo.InvariantCulture, $"{kind} of {fault.Silo} at {(fault.From - result.From).TotalSeconds:0.0} s for {(fault.Until - fault.From).TotalSeconds:0.0} s")));
        yield return Rectangle(x, top, width, TimelineScale.Height, $"shade {kind}");
        yield return bar;
        yield return Text(x + (width / 2), y + 11, "label middle", width < LongestLabel ? kind[..1].ToUpperInvariant() : kind);
    }

    /// <summary>Draws dots of one colour as one path. Dots at the same place are drawn once.</summary>
    private static XElement Dots(CallOutcome outcome, IEnumerable<Recorded> calls, TimelineScale scale)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in calls.Select(call => ((int)Math.Round(scale.X(call.Started)), (int)Math.Round(scale.Y(call.Latency)))).Distinct())
            path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h0");
        return new XElement(Svg + "path", new XAttribute("class", $"dots {outcome.ToString().ToLowerInvariant()}"), new XAttribute("d", path.ToString()));
    }

    private static XElement Rectangle(double x, double y, double width, double height, string style) =>
        new(Svg + "rect", new XAttribute("class", style), Number("x", x), Number("y", y), Number("width", width), Number("height", height));

    private static XElement Line(double x1, double y1, double x2, double y2) =>
        new(Svg + "line", Number("x1", x1), Number("y1", y1), Number("x2", x2), Number("y2", y2));

    private static XElement Text(double x, double y, string style, string text) =>
        new(Svg + "text", new XAttribute("class", style), Number("x", x), Number("y", y), text);

    private static XAttribute Number(string name, double value) => new(name, Math.Round(value, 1).ToString(CultureInfo.InvariantCulture));
}
