using System.Text.Json;
using Orleans.Paxos.Cli.Load;
using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Tests.Cli.Load;

public sealed class ReportJsonTests
{
    private const string Pinned = """
        {
          "format": 1,
          "title": "Sample",
          "date": "2026-01-02T03:04:05+00:00",
          "command": "paxos bench",
          "subject": "commit 1234567",
          "machine": {
            "cores": 2,
            "processor": "Z80",
            "operatingSystem": "CP/M",
            "dotNet": "10.0.1"
          },
          "notes": [
            "A note."
          ],
          "measurements": [
            {
              "scenario": "write-spread",
              "target": "paxos",
              "clients": 64,
              "valueBytes": 256,
              "round": 1,
              "operations": 12345,
              "elapsedSeconds": 2.5,
              "operationsPerSecond": 4938,
              "latencies": {
                "p50": 1.25,
                "p90": 2.5,
                "p99": 10,
                "p999": 99.999,
                "max": 1234.5
              },
              "errors": [],
              "errorCount": 0,
              "processorMicrosecondsPerOperation": null
            },
            {
              "scenario": "write-spread",
              "target": "etcd",
              "clients": 64,
              "valueBytes": 256,
              "round": 2,
              "operations": 5000,
              "elapsedSeconds": 2.5,
              "operationsPerSecond": 2000,
              "latencies": {
                "p50": 1.25,
                "p90": 2.5,
                "p99": 10,
                "p999": 99.999,
                "max": 1234.5
              },
              "errors": [
                {
                  "kind": "TimeoutException",
                  "count": 3,
                  "sample": "too slow"
                }
              ],
              "errorCount": 3,
              "processorMicrosecondsPerOperation": 512
            }
          ],
          "ratios": [
            {
              "name": "writes",
              "of": "paxos: operations/s",
              "to": "etcd: operations/s",
              "rounds": [
                2,
                3,
                2.5
              ],
              "goal": "at least 3",
              "reached": false,
              "value": 2.5,
              "lowest": 2,
              "highest": 3
            }
          ],
          "series": [
            {
              "name": "writes",
              "xLabel": "acceptors",
              "yLabel": "operations/s",
              "points": [
                {
                  "x": 1,
                  "y": 30000
                }
              ],
              "logX": false,
              "plot": null
            }
          ]
        }
        """;

    [Fact]
    public void Its_shape_is_pinned()
    {
        var report = Samples.Report with { Series = [Samples.Report.Series[0] with { Points = [new Point(1, 30_000)] }] };
        Assert.Equal(Pinned, ReportFile.ToJson(report), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_figure_that_is_no_number_does_not_break_it()
    {
        var report = Samples.Report with { Ratios = [new Ratio("to nothing", "a", "b", [double.NaN, double.PositiveInfinity])] };
        using var json = JsonDocument.Parse(ReportFile.ToJson(report));
        Assert.Equal("Infinity", json.RootElement.GetProperty("ratios")[0].GetProperty("highest").GetString());
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{UniqueId.New()}.json");
        try
        {
            await File.WriteAllTextAsync(path, new string('x', 100_000), TestContext.Current.CancellationToken);
            await ReportFile.WriteJsonAsync(Samples.Report, path, TestContext.Current.CancellationToken);
            Assert.Equal(ReportFile.ToJson(Samples.Report) + "\n", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(new[] { 3.0 }, 3, 3, 3)]
    [InlineData(new[] { 3.0, 1, 2 }, 2, 1, 3)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5, 1, 4)]
    public void A_ratio_is_the_median_of_its_rounds(double[] rounds, double value, double lowest, double highest)
    {
        var ratio = new Ratio("a", "b", "c", [.. rounds]);
        Assert.Equal((value, lowest, highest), (ratio.Value, ratio.Lowest, ratio.Highest));
    }

    [Fact]
    public void This_machine_is_known()
    {
        var machine = MachineDescription.Current();
        Assert.Equal(Environment.ProcessorCount, machine.Cores);
        Assert.Equal(Environment.Version.ToString(), machine.DotNet);
        Assert.NotEqual("", machine.OperatingSystem);
    }
}
