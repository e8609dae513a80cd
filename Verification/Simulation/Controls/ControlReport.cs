using System.Globalization;
using System.Text;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>Writes a table for docs/testing.md that shows how often each negative control is caught, and by which check.</summary>
internal static class ControlReport
{
    /// <summary>Runs controls.</summary>
    /// <param name="controls">Which ones.</param>
    /// <param name="seeds">The number of seeds for each control, starting at 1.</param>
    public static string Make(IEnumerable<NegativeControl> controls, int seeds)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"| control | what is broken | runs caught, of {seeds} | by clients alone |\n|---|---|---|---|\n"));
        foreach (var control in controls)
        {
            var results = Enumerable.Range(1, seeds).AsParallel().Select(seed => SimulationRun.Execute(seed, control.Break()).Violations).ToList();
            var caught = results.Count(violations => violations.Any(failure => failure.Kind is not FailureKind.Liveness));
            var told = results.Count(violations => violations.Any(failure => failure.Kind == FailureKind.History));
            text.Append(CultureInfo.InvariantCulture, $"| `{control.Name}` | {control.What} | {caught} | {told} |\n");
        }

        return text.ToString();
    }
}
