using System.Globalization;
using System.Text;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation;

/// <summary>The events of a run, one line each, if requested. The same seed gives the same bytes.</summary>
internal sealed class Trace(Schedule schedule, bool on)
{
    private readonly StringBuilder _text = new();

    /// <summary>Whether lines are kept. Check it before formatting a line.</summary>
    public bool On => on;

    public void Line(string place, string what)
    {
        if (on)
            _text.Append(CultureInfo.InvariantCulture, $"{schedule.Now / 10_000.0,12:0.0000} ms  {place,-10} {what}\n");
    }

    public override string ToString() => _text.ToString();
}
