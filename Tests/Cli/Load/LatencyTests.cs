using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Tests.Cli.Load;

public sealed class LatencyTests
{
    [Fact]
    public void Percentiles_are_those_of_all_clients_together()
    {
        const int Clients = 100;
        var stripes = new LatencyStripes(Clients);
        foreach (var milliseconds in Enumerable.Range(1, 10_000))
            stripes.Of(milliseconds % Clients).Add(TimeSpan.FromMilliseconds(milliseconds));
        var latencies = stripes.Summarise();
        Near(5_000, latencies.P50);
        Near(9_000, latencies.P90);
        Near(9_900, latencies.P99);
        Near(9_990, latencies.P999);
        Near(10_000, latencies.Max);
    }

    [Fact]
    public void Without_operations_all_are_zero() => Assert.Equal(new Latencies(0, 0, 0, 0, 0), new LatencyStripes(1).Summarise());

    [Fact]
    public void Short_ones_are_told_apart()
    {
        var stripes = new LatencyStripes(1);
        stripes.Of(0).Add(TimeSpan.FromMicroseconds(3));
        stripes.Of(0).Add(TimeSpan.FromMicroseconds(5));
        Assert.Equal(0.003, stripes.Summarise().P50);
        Assert.Equal(0.005, stripes.Summarise().Max);
    }

    [Fact]
    public void What_is_longer_than_an_hour_counts_as_an_hour()
    {
        var stripes = new LatencyStripes(1);
        stripes.Of(0).Add(TimeSpan.FromHours(5));
        Near(3_600_000, stripes.Summarise().Max);
    }

    [Fact]
    public void The_rate_is_that_of_the_last_looks()
    {
        var time = new FakeTimeProvider();
        var rate = new RateWindow(time, looks: 2);
        Assert.Equal(0, rate.Look(100));
        Assert.Equal(50, After(1, 150));
        Assert.Equal(100, After(1, 300));
        Assert.Equal(75, After(1, 300));
        Assert.Equal(0, After(1, 300));

        double After(int seconds, long count)
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            return rate.Look(count);
        }
    }

    private static void Near(double expected, double actual) => Assert.InRange(actual, expected * 0.999, expected * 1.001);
}
