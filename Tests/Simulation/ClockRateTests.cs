using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Tests.Simulation;

public sealed class ClockRateTests
{
    private const double Drift = 0.05;

    [Fact]
    public void Two_clocks_differ_by_the_drift_at_most()
    {
        var dice = new Dice(1);
        var rates = Enumerable.Range(0, 1000).Select(_ => ClockRate.Draw(dice, Drift).Millionths).ToList();
        Assert.Equal((1_000_000, 1_050_000), (rates.Min(), rates.Max()));
        Assert.True(rates.Distinct().Count() > 100);
    }

    [Fact]
    public void A_timer_is_never_early_by_its_own_clock()
    {
        var dice = new Dice(2);
        for (var number = 0; number < 10_000; number++)
        {
            var rate = ClockRate.Draw(dice, Drift);
            var begun = dice.Between(TimeSpan.Zero, TimeSpan.FromHours(1)).Ticks;
            var wanted = dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(1));
            var passed = rate.Shown(begun + rate.Lasting(wanted).Ticks) - rate.Shown(begun);
            Assert.InRange(passed, wanted.Ticks, wanted.Ticks + 2);
        }
    }

    [Fact]
    public void The_clock_of_a_machine_that_hangs_goes_on()
    {
        var schedule = new Schedule(new Dice(3));
        var machine = new Machine("m", schedule, new ClockRate(1_050_000));
        var seen = new List<TimeSpan>();
        var begun = machine.Clock.GetTimestamp();
        machine.FreezeAfter(1);
        machine.Post(Look);
        machine.Post(Look);
        using var timer = machine.Clock.CreateTimer(_ => Look(), state: null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        schedule.After(TimeSpan.FromSeconds(2), machine.Thaw);

        schedule.RunUntil(() => seen.Count == 3, TimeSpan.FromSeconds(3).Ticks);

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(2.1), TimeSpan.FromSeconds(2.1)], seen);

        void Look() => seen.Add(machine.Clock.GetElapsedTime(begun));
    }
}
