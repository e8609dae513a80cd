using System.Text.Json;
using Orleans.Paxos.Benchmarks;
using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Tests.Silo;
using Orleans.Paxos.Tests.Storage;

namespace Orleans.Paxos.Tests.Benchmarks;

/// <summary>Runs the whole program, with too little load to say anything about performance.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class BenchProgramTests : IDisposable
{
    private static readonly string[] Small = ["--rounds", "1", "--seconds", "0.1", "--clients", "4", "--registers", "20", "--watchers", "5"];

    private readonly TemporaryDirectory _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task It_measures_what_it_promises_without_errors()
    {
        using var report = await MeasureAsync([.. Small, "--no-etcd", "--out", _output.Path]);
        var root = report.RootElement;
        var measured = root.GetProperty("measurements").EnumerateArray().ToList();
        Assert.All(measured, one => Assert.Equal((0, true), (one.GetProperty("errorCount").GetInt64(), HasMeasured(one))));
        Assert.All(measured, one => Assert.True(HasMeasured(one), $"{one}"));
        string[] promised =
        [
            "SQLite alone write-spread 4", "plain grain write-spread 4", "plain grain read-linearizable 4", "plain grain read-hot 4",
            "registers write-spread 4", "registers read-linearizable 4", "registers read-hot 4", "registers, unbatched write-hot 4", "registers write-hot 4",
            "registers read-stale 4", "registers mixed 4", "registers first-write 4", "registers watch-fan-out 5", "registers watch-prefix 5",
            "registers over HTTP write-spread 4", "registers over HTTP read-linearizable 4", "registers over HTTP write-hot 4",
        ];
        Assert.Equal(promised.Order(), measured.Select(one => $"{one.GetProperty("target")} {one.GetProperty("scenario")} {one.GetProperty("clients")}").Order());
        HashSet<string> ratios =
        [
            "Replicated writes to the floor of durability", "Latency of a replicated write to a plain one", "Linearizable reads to plain calls",
            "Linearizable reads to plain calls, one register", "Writes of one register to the same without batching", "First writes to those of the prototype",
            "A version's way to its watchers", "Commits to writes", "Records a commit", "Messages between silos a write", "Bytes allocated a write", "Collector's pauses",
        ];

        // On a busy machine no operation may end within a tenth of a second, and its ratio is left out.
        var stated = root.GetProperty("ratios").EnumerateArray().Select(ratio => $"{ratio.GetProperty("name")}").ToHashSet();
        Assert.Subset(ratios, stated);
        Assert.True(stated.Count == ratios.Count || !measured.All(HasRate), $"Only {string.Join(", ", stated)}.");
        Assert.StartsWith($"{BenchProgram.CommandPrefix} --rounds 1 ", root.GetProperty("command").GetString());
        Assert.Contains("write-spread", await File.ReadAllTextAsync(_output["report.html"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Beside_etcd_it_measures_both_the_same_way()
    {
        Assert.SkipUnless(EtcdCluster.IsInstalled, "etcd is not installed.");
        using var report = await MeasureAsync([.. Small, "--scenario", "write-hot,read-linearizable", "--out", _output.Path]);
        var measured = report.RootElement.GetProperty("measurements").EnumerateArray().ToLookup(one => $"{one.GetProperty("target")}");
        Assert.All(measured["etcd over HTTP"], one => Assert.Equal((0, true), (one.GetProperty("errorCount").GetInt64(), HasMeasured(one))));
        Assert.Equal(ScenariosOf(measured["registers over HTTP"]), ScenariosOf(measured["etcd over HTTP"]));
        Assert.Contains(report.RootElement.GetProperty("notes").EnumerateArray(), note => $"{note}".Contains("gRPC"));

        // On a busy machine no operation may end within a tenth of a second, and no ratio to it is stated.
        var comparable = measured["etcd over HTTP"].Count(HasRate);
        Assert.Equal(comparable, report.RootElement.GetProperty("ratios").EnumerateArray().Count(ratio => $"{ratio.GetProperty("to")}".StartsWith("etcd")));
    }

    [Theory]
    [InlineData("--rounds 0", "--rounds takes a number from 1 to 100, not '0'")]
    [InlineData("--seconds never", "--seconds takes a number from 0.1 to 86400, not 'never'")]
    [InlineData("--clients 1,0", "--clients takes numbers from 1 to 10000")]
    [InlineData("--scenario write-spread,sleep", "not 'sleep'")]
    [InlineData("--max-registers 0", "--max-registers takes a number from 1 to 10000000")]
    [InlineData("--growth --scenario mixed", "do not go together")]
    [InlineData("--growth weeds", "--growth takes acceptors, values, history, registers, not 'weeds'")]
    [InlineData("--names 99", "--names takes a number from 100 to 1000000000, not '99'")]
    [InlineData("--names 1000 --growth", "does not go together")]
    [InlineData("--fast", "--fast")]
    public async Task Wrong_options_are_one_line_and_exit_code_2(string arguments, string expected)
    {
        var (code, output, errors) = await RunAsync(arguments.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    /// <summary>Whether any operation ended, possibly after the measured time.</summary>
    private static bool HasMeasured(JsonElement one) => one.GetProperty("latencies").GetProperty("max").GetDouble() > 0;

    private static bool HasRate(JsonElement one) => one.GetProperty("operationsPerSecond").GetDouble() > 0;

    private static IEnumerable<string> ScenariosOf(IEnumerable<JsonElement> measured) => measured.Select(one => $"{one.GetProperty("scenario")} {one.GetProperty("clients")}");

    private async Task<JsonDocument> MeasureAsync(string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);
        Assert.True(code == 0, errors);
        Assert.Contains(_output.Path, output);
        return JsonDocument.Parse(await File.ReadAllTextAsync(_output["report.json"], TestContext.Current.CancellationToken));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await BenchProgram.RunAsync(arguments, output, errors, new LiveLine(errors, isTerminal: false));
        return (code, output.ToString(), errors.ToString());
    }
}
