using Orleans.Paxos.Verification;
using Orleans.Paxos.Verification.Simulation;
using Orleans.Paxos.Verification.Simulation.Controls;

namespace Orleans.Paxos.Tests.Simulation;

public sealed class SimulateCommandTests
{
    [Theory]
    [InlineData("1-5", 1, 5)]
    [InlineData("7", 7, 7)]
    [InlineData("0-0", 0, 0)]
    public void A_range_of_seeds_is_read(string text, long first, long last)
    {
        Assert.True(SeedRange.TryParse(text, out var range));
        Assert.Equal(new SeedRange(first, last), range);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("5-1")]
    [InlineData("1-2-3")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public void What_is_no_range_is_refused(string text) => Assert.False(SeedRange.TryParse(text, out _));

    [Theory]
    [InlineData("--seeds takes A-B", "--seeds", "5-1")]
    [InlineData("--seed takes a whole number", "--seed", "x")]
    [InlineData("--minutes takes a number from", "--minutes", "0")]
    [InlineData("exclude each other", "--seed", "1", "--seeds", "1-2")]
    [InlineData("--trace prints one run", "--trace")]
    [InlineData("'nonsense' not recognized", "--control", "nonsense")]
    public void A_wrong_option_is_named(string expected, params string[] arguments)
    {
        var errors = SimulateCommand.Create().Parse(arguments).Errors;
        Assert.Contains(errors, error => error.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_failed_run_tells_its_seed_its_end_and_how_to_see_all_of_it()
    {
        var control = NegativeControl.Find("accepted-state-ignored")!;
        var failed = Enumerable.Range(1, control.Budget).Select(seed => SimulationRun.Execute(seed, control.Break(), trace: true)).First(result => result.Violations.Count > 0);
        var text = SimulationReport.Failure(failed, "abc1234", control.Name);
        Assert.StartsWith($"Seed {failed.Seed} failed at commit abc1234:", text);
        Assert.Contains($"{Tool.CommandPrefix} simulate --seed {failed.Seed} --control accepted-state-ignored --trace", text);
        Assert.Equal(60, text.Split('\n').Count(line => line.Contains(" ms  ", StringComparison.Ordinal)));
    }
}
