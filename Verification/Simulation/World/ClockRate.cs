namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>How fast a clock runs.</summary>
/// <param name="Millionths">The time that it shows to have passed in a second of true time, in millionths of a second.</param>
internal readonly record struct ClockRate(long Millionths)
{
    private const long True = 1_000_000;

    /// <summary>Draws the rate of a clock. The extremes are as likely as all that is between them.</summary>
    /// <param name="dice">The random numbers of the run.</param>
    /// <param name="drift">How much more time the fastest clock may show than the slowest: 0.05 for one in twenty.</param>
    public static ClockRate Draw(Dice dice, double drift)
    {
        var most = (int)(True * drift);
        return new ClockRate(True + (dice.Chance(0.5) ? dice.Between(0, most) : dice.Pick([0, most])));
    }

    /// <summary>What the clock shows.</summary>
    /// <param name="ticks">The true time since the run began.</param>
    public long Shown(long ticks) => ticks * Millionths / True;

    /// <summary>How long it takes in true time until the clock shows that a time has passed.</summary>
    public TimeSpan Lasting(TimeSpan shown) => TimeSpan.FromTicks((long)((((Int128)shown.Ticks * True) + Millionths - 1) / Millionths));
}
