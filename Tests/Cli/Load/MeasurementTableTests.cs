using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Tests.Cli.Load;

public sealed class MeasurementTableTests
{
    [Fact]
    public void Columns_stand_under_each_other()
    {
        Assert.Equal(
            "scenario           target               clients  operations/s     p50 ms     p90 ms     p99 ms   p99.9 ms     max ms    errors",
            MeasurementTable.Header);
        Assert.Equal(
            "write-spread       paxos                     64         4,938       1.25       2.50      10.00     100.00   1,234.50         0",
            MeasurementTable.Row(Samples.Measurement));
    }

    [Fact]
    public void Errors_are_summed() =>
        Assert.EndsWith(" 3", MeasurementTable.Row(Samples.Report.Measurements[1]));
}
